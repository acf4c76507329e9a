/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Several machine versions of one integer loop, chosen at load time. Only for
 * integer code: the bits are the same in every version by construction.
 */
#ifndef L1T_TARGET_CLONES_H
#define L1T_TARGET_CLONES_H

/*
 * Off under the sanitizers, whose runtime is not yet up when the choice is made
 * (an ifunc resolver), and where the compiler or the C library lacks the means.
 */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(L1T_NO_TARGET_CLONES)
#define L1T_TARGET_CLONES
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
    __has_feature(memory_sanitizer) || !defined(__x86_64__) || !defined(__linux__)
#define L1T_TARGET_CLONES
#endif
#elif !defined(__x86_64__) || !defined(__linux__)
#define L1T_TARGET_CLONES
#endif

#ifndef L1T_TARGET_CLONES
#define L1T_TARGET_CLONES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#endif

#endif
