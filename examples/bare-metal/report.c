/* SPDX-License-Identifier: MIT */
/* Console output without the printf family. A failure is printed as its name and its details, which
 * docs/errors.md explains. With AMP_TEXTS, amp_status_text would add a clause, for 3 KB of flash. amp_explain
 * would add a sentence, for 3 KB more. */
#include "report.h"

#include "board.h"

static void print_signed(int32_t number)
{
    if (number < 0) {
        board_print("-");
    }
    board_print_number(number < 0 ? 0u - (uint32_t)number : (uint32_t)number);
}

static void print_part(const char *name, uint32_t number)
{
    if (number != 0) {
        board_print(name);
        board_print_number(number);
    }
}

void report_result(const char *what, const amp_client_t *client, amp_status_t status)
{
    const amp_info_t *info = amp_client_info(client);
    board_print(what);
    board_print(": ");
    board_print(amp_status_name(status));
    if (status < 0) {
        board_print(" at ");
        board_print(amp_stage_name(info->stage));
        print_part(", http ", info->http);
        if (info->code != 0) {
            board_print(", code ");
            print_signed(info->code);
        }
        print_part(", need ", (uint32_t)info->need);
        if (info->field != NULL) {
            board_print(", field ");
            board_print(info->field);
        }
    }
    board_print("\n");
}

void report_number(const char *name, uint32_t number)
{
    board_print("measured ");
    board_print(name);
    board_print(" ");
    board_print_number(number);
    board_print("\n");
}

void report_line(const char *first, const char *second, const char *third)
{
    board_print(first);
    board_print(second);
    board_print(third);
    board_print("\n");
}
