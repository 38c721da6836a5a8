/* SPDX-License-Identifier: MIT */
/* Runs clients in different tasks at the same time. An application may do that if mbedTLS protects its global
 * state. */
#include "rig.h"

#if defined(MBEDTLS_THREADING_C)

#include <pthread.h>

#define TASKS 3
#define REQUESTS 12

typedef struct {
    rig_t rig;
    amp_status_t statuses[REQUESTS];
} task_t;

static task_t tasks[TASKS];

/* Does not use assertions in this thread: the main thread checks the results at the end. */
static void *ask(void *ctx)
{
    task_t *task = ctx;
    for (unsigned i = 0; i < REQUESTS; ++i) {
        if (i % 4u == 0) {
            rig_connect(&task->rig); /* the next request makes a full handshake */
        }
        task->statuses[i] = rig_ask(&task->rig);
    }
    return NULL;
}

static void test_clients_in_tasks(void **state)
{
    pthread_t threads[TASKS];
    (void)state;
    for (unsigned i = 0; i < TASKS; ++i) {
        rig_init(&tasks[i].rig);
        rig_serve(&tasks[i].rig, rig_can(RIG_1_3) && i % 2u == 0 ? RIG_1_3 : RIG_1_2_TICKET, &rig_server,
                  NULL);
    }
    for (unsigned i = 0; i < TASKS; ++i) {
        assert_int_equal(pthread_create(&threads[i], NULL, ask, &tasks[i]), 0);
    }
    for (unsigned i = 0; i < TASKS; ++i) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    for (unsigned i = 0; i < TASKS; ++i) {
        for (unsigned k = 0; k < REQUESTS; ++k) {
            assert_string_equal(amp_status_name(tasks[i].statuses[k]), "AMP_END");
        }
        assert_int_equal(tasks[i].rig.shaken, REQUESTS);
        assert_int_equal(tasks[i].rig.reused, REQUESTS - REQUESTS / 4);
        rig_free(&tasks[i].rig);
    }
}

#else

static void test_clients_in_tasks(void **state)
{
    (void)state;
    print_message("SKIPPED: this mbedTLS does not support several tasks (MBEDTLS_THREADING_C)\n");
    skip();
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_clients_in_tasks)};
    return cmocka_run_group_tests(tests, rig_make_identities, rig_free_identities);
}
