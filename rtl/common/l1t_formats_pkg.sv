// SPDX-License-Identifier: Apache-2.0
// Printed by tools/gen_formats from models/l1t_formats.def; do not edit.
package l1t_formats_pkg;
  localparam int TowerBits = 16;  // calorimeter tower
  localparam int TowerEtLsb = 0;  // ET; 509 HCAL, 510 ECAL, 511 both saturated
  localparam int TowerEtWidth = 9;
  localparam int TowerRatioLsb = 9;  // rounded log2 of the larger over the smaller of E and H
  localparam int TowerRatioWidth = 3;
  localparam int TowerZeroLsb = 12;  // E or H is zero
  localparam int TowerZeroWidth = 1;
  localparam int TowerEmLsb = 13;  // E >= H
  localparam int TowerEmWidth = 1;
  localparam int TowerFeatureLsb = 14;  // HCAL feature bit
  localparam int TowerFeatureWidth = 1;
  localparam int TowerFinegrainLsb = 15;  // ECAL fine-grain bit; 1 is not electron-like
  localparam int TowerFinegrainWidth = 1;
  localparam int JetMpBits = 30;  // main-processor jet
  localparam int JetMpRingLsb = 0;  // compact ring |m|, 1..40; the side is the link's
  localparam int JetMpRingWidth = 6;
  localparam int JetMpPhiLsb = 6;  // tower phi, 1..72
  localparam int JetMpPhiWidth = 7;
  localparam int JetMpEtLsb = 13;  // calibrated ET
  localparam int JetMpEtWidth = 16;
  localparam int JetMpQualityLsb = 29;  // quality
  localparam int JetMpQualityWidth = 1;
  localparam int JetGtBits = 30;  // global-trigger jet
  localparam int JetGtEtLsb = 0;  // ET; 2047 saturated
  localparam int JetGtEtWidth = 11;
  localparam int JetGtEtaLsb = 11;  // signed; eta
  localparam int JetGtEtaWidth = 8;
  localparam int JetGtPhiLsb = 19;  // phi; 144 = 2 pi
  localparam int JetGtPhiWidth = 8;
  localparam int JetGtQualityLsb = 27;  // quality
  localparam int JetGtQualityWidth = 3;
  localparam int JetMaxBits = 1;  // tower is the maximum of its 9x9 window
  localparam int JetMaxMaxLsb = 0;  // is a local maximum
  localparam int JetMaxMaxWidth = 1;
  localparam int JetRawBits = 32;  // jet before pile-up subtraction
  localparam int JetRawPhiLsb = 0;  // tower phi, 1..72
  localparam int JetRawPhiWidth = 7;
  localparam int JetRawSeedLsb = 7;  // ET of the seed tower
  localparam int JetRawSeedWidth = 9;
  localparam int JetRawRawLsb = 16;  // sum of the 81 towers
  localparam int JetRawRawWidth = 16;
  localparam int JetFlapsBits = 64;  // pile-up around the jet, 3x9 towers a flap
  localparam int JetFlapsPhiUpLsb = 0;  // flap at dphi +5..+7
  localparam int JetFlapsPhiUpWidth = 16;
  localparam int JetFlapsPhiDownLsb = 16;  // flap at dphi -7..-5
  localparam int JetFlapsPhiDownWidth = 16;
  localparam int JetFlapsEtaUpLsb = 32;  // flap at deta +5..+7 (signed eta)
  localparam int JetFlapsEtaUpWidth = 16;
  localparam int JetFlapsEtaDownLsb = 48;  // flap at deta -7..-5 (signed eta)
  localparam int JetFlapsEtaDownWidth = 16;
  localparam int JetPusBits = 32;  // jet after pile-up subtraction
  localparam int JetPusPuLsb = 0;  // pile-up estimate; 0 for a saturated seed
  localparam int JetPusPuWidth = 16;
  localparam int JetPusEtLsb = 16;  // raw - pu; 0 drops the jet; 65535 for a saturated seed
  localparam int JetPusEtWidth = 16;
  localparam int JetCalBits = 32;  // calibrated jet
  localparam int JetCalEtLsb = 0;  // sorting copy
  localparam int JetCalEtWidth = 16;
  localparam int JetCalEtHtLsb = 16;  // HT copy; 65535 stays 65535
  localparam int JetCalEtHtWidth = 16;
  localparam int JetKeepBits = 1;  // jet is among the six kept of its ring
  localparam int JetKeepKeepLsb = 0;  // kept
  localparam int JetKeepKeepWidth = 1;
endpackage
