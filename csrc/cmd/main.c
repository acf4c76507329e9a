// SPDX-License-Identifier: GPL-3.0-or-later
// The program: finds the command, and sees to it that what was printed really went out.
#include "cmd/cmd.h"
#include "l1t/io.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Stopped from outside: leave no half-written file, then die of the same signal. A closed pipe
// (`l1twin ... | head`) is such a stop, and stays quiet.
static void stop(int signal_number)
{
    l1t_out_remove_pending();
    struct sigaction default_action = {.sa_handler = SIG_DFL};
    (void)sigaction(signal_number, &default_action, NULL);
    (void)raise(signal_number);
}

static void catch_signals(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct sigaction old;
        struct sigaction action = {.sa_handler = stop};
        (void)sigemptyset(&action.sa_mask);
        // nohup ignores SIGHUP, and shells ignore SIGINT of background jobs: keep that.
        if (sigaction(signals[i], NULL, &old) == 0 &&
            (old.sa_handler != SIG_IGN || signals[i] == SIGPIPE))
            (void)sigaction(signals[i], &action, NULL);
    }
}

// With a standard stream closed, the next file opened would take its place and be written to.
// Writing to these stand-ins fails, as it should.
static void hold_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

static int close_stdout(int code)
{
    const bool failed = ferror(stdout) != 0;
    errno = 0;
    if (fclose(stdout) == 0 && !failed)
        return code;
    // A command that ends with 3 has said why.
    if (code != 3)
        fprintf(stderr, "l1twin: standard output: %s\n",
                errno != 0 ? strerror(errno) : "writing failed");
    return 3;
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 ||
            (strcmp(argv[i], "-h") == 0 && (i == 1 || (i == 2 && argv[1][0] != '-'))))
            return true;
    return false;
}

static int dispatch(int argc, char **argv)
{
    if (argc < 2) {
        l1t_cmd_print_overview(stderr);
        return 2;
    }
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    else if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0)
        name = "version";
    const struct l1t_cmd *cmd = l1t_cmd_find(name);
    if (cmd == NULL)
        return l1t_cmd_unknown(name);
    if (asks_for_help(argc - 1, argv + 1)) {
        l1t_cmd_print_usage(stdout, cmd);
        return 0;
    }
    return cmd->run(argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    hold_standard_streams();
    catch_signals();
    return close_stdout(dispatch(argc, argv));
}
