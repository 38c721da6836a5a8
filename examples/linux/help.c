/* SPDX-License-Identifier: MIT */
/* The help, from the tables of commands and options. docs/table.sh reads it to make the man page and the
 * shell completions, so the indents below are also its syntax. */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "terminal.h"
#include "text_out.h"

#define TEXT_INDENT 6u      /* of the text of a command */
#define EXAMPLE_INDENT 4u   /* of an example; further lines have twice as much */
#define SYNOPSIS_INDENT 12u /* of further lines of a synopsis */
#define OPTION_INDENT 26u   /* of the text of an option */
#define WIDTH_MAX 80u

static unsigned help_width(void)
{
    unsigned width = terminal_width(stdout);
    return width < WIDTH_MAX ? width : WIDTH_MAX;
}

static void print_text(const char *text, unsigned at, unsigned indent)
{
    text_wrap(stdout, text, at, indent, help_width());
    putchar('\n');
}

/* Prints a part of a synopsis, which is not broken, on this line or the next. */
static void print_part(unsigned *at, const char *part)
{
    unsigned columns = (unsigned)strlen(part); /* or 2 more, with an ellipsis */
    if (*at + 1u + columns > help_width()) {
        printf("\n%*s%s", (int)SYNOPSIS_INDENT, "", part);
        *at = SYNOPSIS_INDENT + columns;
    } else {
        printf(" %s", part);
        *at += 1u + columns;
    }
}

static void print_option(unsigned *at, int id, int is_required)
{
    const option_t *option = &options[id];
    char part[64];
    snprintf(part, sizeof part, "%s%s%s%s%s%s", is_required ? "" : "[", option->name,
             option->value != NULL ? " " : "", option->value != NULL ? option->value : "",
             is_required ? "" : "]", option->most > 1u ? "…" : "");
    print_part(at, part);
}

static void print_synopsis(const command_t *command)
{
    const char *second = command->words[1] != NULL ? command->words[1] : "";
    unsigned at =
        (unsigned)printf("  ampersand %s%s%s", command->words[0], *second != '\0' ? " " : "", second);
    for (unsigned i = 0; i < POSITIONALS_MAX && command->positionals[i] != NULL; ++i) {
        char part[32];
        snprintf(part, sizeof part, i < command->positionals_required ? "%s" : "[%s]",
                 command->positionals[i]);
        print_part(&at, part);
    }
    for (int id = 0; id < OPT_COUNT; ++id) {
        if ((command->takes >> id & 1u) != 0) {
            print_option(&at, id, (int)(command->required >> id & 1u));
        }
    }
    printf("\n%*s", (int)TEXT_INDENT, "");
    print_text(command->help, TEXT_INDENT, TEXT_INDENT);
}

static void print_options(uint32_t which)
{
    for (int id = 0; id < OPT_COUNT; ++id) {
        if ((which >> id & 1u) != 0) {
            const option_t *option = &options[id];
            char text[160];
            int columns = printf("  %s %s", option->name, option->value != NULL ? option->value : "");
            snprintf(text, sizeof text, "%s%s%s%s", option->help, option->env != NULL ? " [$" : "",
                     option->env != NULL ? option->env : "", option->env != NULL ? "]" : "");
            printf("%*s", (int)OPTION_INDENT - columns, "");
            print_text(text, OPTION_INDENT, OPTION_INDENT);
        }
    }
}

/* Returns the length of the text before the next option: "--group acme --consumer ada" is 12. */
static unsigned option_length(const char *text)
{
    const char *next = strstr(text, " --");
    return next != NULL ? (unsigned)(next - text) : (unsigned)strlen(text);
}

/* Prints a command line of a shell. A long one is broken before an option, after a backslash. */
static void print_example(const char *line)
{
    static const char end[] = " \\";
    unsigned at = (unsigned)printf("%*s", (int)EXAMPLE_INDENT - 1, "");
    while (*line != '\0') {
        unsigned len = option_length(line);
        if (at + 1u + len + sizeof end - 1u > help_width()) {
            printf("%s\n%*s", end, 2 * (int)EXAMPLE_INDENT - 1, "");
            at = 2u * EXAMPLE_INDENT - 1u;
        }
        at += (unsigned)printf(" %.*s", (int)len, line);
        line += len;
        line += *line == ' ';
    }
    putchar('\n');
}

static void print_command(const command_t *command)
{
    print_synopsis(command);
    if (command->takes != 0) {
        fputs("\nIts options:\n", stdout);
        print_options(command->takes);
    }
    fputs("\nExamples:\n", stdout);
    for (unsigned i = 0; i < EXAMPLES_MAX && command->examples[i] != NULL; ++i) {
        print_example(command->examples[i]);
    }
}

void commands_help(const args_t *args)
{
    const command_t *command = args->command;
    const char *group = args->word_count > 0 && commands_has_group(args->words[0]) ? args->words[0] : NULL;
    fputs("Usage: ampersand [options] COMMAND …\n       ampersand help [COMMAND]\n\nCommands:\n", stdout);
    if (command != NULL) {
        print_command(command);
    }
    for (const command_t *row = commands; command == NULL && row->words[0] != NULL; ++row) {
        if (group == NULL || strcmp(row->words[0], group) == 0) {
            print_synopsis(row);
        }
    }
    fputs("\nOptions of every command:\n", stdout);
    print_options(OPT_EVERYWHERE);
    putchar('\n');
    print_text(
        "Exit status: 0 done, 1 done and not healthy, 2 usage or configuration, 3 the service answered "
        "with an error, 4 network or TLS, 5 the response is not valid, 6 outcome unknown: check before "
        "you repeat the command, 130 interrupted, 141 the reader closed standard output.",
        0, 2u);
}
