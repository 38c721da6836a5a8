/* SPDX-License-Identifier: MIT */
/* Tests the virtio-net driver with a simulated device that keeps the rules, and with one that breaks each of
 * them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <lwip/init.h>
#include <lwip/netif.h>
#include <lwip/pbuf.h>
#include <lwip/sys.h>

#include "board_ethernet.h"
#include "virtio_net.h"

#define SLOTS_AT 0x10001000u
#define RECEIVE 0
#define SEND 1
#define FAILED 0x80u
#define RUNNING 0x0fu /* acknowledged, driver, features and driver are well */
#define LONGEST 1514u
#define HEADER 12u
#define RECEIVE_BUFFERS 2u
#define SEND_BUFFERS 4u

typedef struct {
    uint32_t max;
    uint32_t ready;
    uint32_t size;
    uint32_t addresses[6]; /* of descriptors, available ring, used ring: low and high */
    uint16_t seen;         /* entries of the available ring that were used */
} queue_t;

/* The first members describe the device. A test changes them before the driver starts. */
typedef struct {
    uint32_t slot;
    uint32_t magic;
    uint32_t version;
    uint32_t type;
    uint32_t offered[2];
    uint32_t refused_status; /* bits that do not stay set */
    uint32_t stuck_status;   /* bits that do not go away */
    uint8_t mac[6];
    queue_t queues[2];
    uint32_t status;
    uint32_t offered_select;
    uint32_t accepted_select;
    uint32_t accepted[2];
    uint32_t queue_select;
    uint32_t notified[2];
} device_t;

static const device_t good = {.magic = 0x74726976u,
                              .version = 2,
                              .type = 1,
                              .offered = {0xffffffffu, 0xffffffffu},
                              .mac = {0x52, 0x54, 0, 0x12, 0x34, 0x56},
                              .queues = {{.max = 256}, {.max = 256}}};

static device_t device;
static uint32_t writes;
static struct netif netif;
static uint8_t heard[2048]; /* the last frame that the driver passed to lwIP */
static size_t heard_len;
static unsigned heard_count;
static struct pbuf *kept[64]; /* frames that lwIP keeps, if keeps is 1 */
static int keeps;

u32_t sys_now(void)
{
    return 0;
}

static uint32_t random_state = 1;

uint32_t network_random(void)
{
    random_state = random_state * 1664525u + 1013904223u;
    return random_state >> 8;
}

static queue_t *selected(void)
{
    return &device.queues[device.queue_select & 1u];
}

uint32_t virtio_read(uint32_t address)
{
    uint32_t at = (address - SLOTS_AT) % 0x1000u;
    assert_true(address >= SLOTS_AT && address < SLOTS_AT + 0x8000u);
    if ((address - SLOTS_AT) / 0x1000u != device.slot) {
        return at == 0 ? good.magic : at == 4u ? 2u : 0; /* an empty slot */
    }
    switch (at) {
    case 0x000:
        return device.magic;
    case 0x004:
        return device.version;
    case 0x008:
        return device.type;
    case 0x010:
        return device.offered[device.offered_select & 1u];
    case 0x034:
        return selected()->max;
    case 0x044:
        return selected()->ready;
    case 0x070:
        return device.status;
    default:
        fail();
        return 0;
    }
}

uint8_t virtio_read_byte(uint32_t address)
{
    uint32_t at = address - SLOTS_AT - device.slot * 0x1000u - 0x100u;
    assert_true(at < sizeof device.mac);
    return device.mac[at];
}

void virtio_write(uint32_t address, uint32_t value)
{
    uint32_t at = (address - SLOTS_AT) % 0x1000u;
    assert_int_equal((address - SLOTS_AT) / 0x1000u, device.slot);
    ++writes;
    switch (at) {
    case 0x014:
        device.offered_select = value;
        break;
    case 0x020:
        device.accepted[device.accepted_select & 1u] = value;
        break;
    case 0x024:
        device.accepted_select = value;
        break;
    case 0x030:
        device.queue_select = value;
        break;
    case 0x038:
        selected()->size = value;
        break;
    case 0x044:
        selected()->ready = value;
        break;
    case 0x050:
        ++device.notified[value & 1u];
        break;
    case 0x070:
        device.status = (value & ~device.refused_status) | device.stuck_status;
        break;
    case 0x080:
    case 0x084:
    case 0x090:
    case 0x094:
    case 0x0a0:
    case 0x0a4:
        selected()->addresses[(at - 0x080u) / 0x10u * 2u + (at & 4u) / 4u] = value;
        break;
    default:
        fail();
    }
}

/* Returns the ring or table of a queue: 0 descriptors, 1 available, 2 used. */
static uint8_t *shared(int queue, int part)
{
    const uint32_t *half = &device.queues[queue].addresses[part * 2];
    return (uint8_t *)(uintptr_t)(half[0] | (uint64_t)half[1] << 32); /* NOLINT: an address from the driver */
}

static uint16_t get16(const uint8_t *at)
{
    uint16_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static uint32_t get32(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static uint16_t used_index(int queue)
{
    return get16(shared(queue, 2) + 2);
}

static void set_used_index(int queue, uint16_t index)
{
    memcpy(shared(queue, 2) + 2, &index, sizeof index);
}

/* Puts an entry into the used ring without checking its index. */
static void set_used(int queue, uint16_t index, uint32_t id, uint32_t len)
{
    uint8_t *entry = shared(queue, 2) + 4u + index % device.queues[queue].size * 8u;
    memcpy(entry, &id, sizeof id);
    memcpy(entry + 4, &len, sizeof len);
}

static void return_buffer(int queue, uint32_t id, uint32_t len)
{
    set_used(queue, used_index(queue), id, len);
    set_used_index(queue, (uint16_t)(used_index(queue) + 1u));
}

/* Returns the next buffer that the driver made available, in the order that the rules require; NULL if there
 * is none. */
static uint8_t *next_buffer(int queue, uint32_t *out_id, uint32_t *out_len)
{
    queue_t *state = &device.queues[queue];
    const uint8_t *available = shared(queue, 1);
    if (get16(available + 2) == state->seen) {
        return NULL;
    }
    *out_id = get16(available + 4u + state->seen++ % state->size * 2u);
    assert_true(*out_id < state->size);
    const uint8_t *descriptor = shared(queue, 0) + *out_id * 16u;
    *out_len = get32(descriptor + 8);
    assert_int_equal(get16(descriptor + 12), queue == RECEIVE ? 2 : 0); /* the device writes, no chain */
    return (uint8_t *)(uintptr_t)(get32(descriptor) | (uint64_t)get32(descriptor + 4) << 32); /* NOLINT */
}

/* Receives a frame. `told` is the length that the device reports. Returns 0 if the driver has supplied no
 * buffer. */
static int arrives(const uint8_t *frame, size_t len, uint32_t told)
{
    uint32_t id, room;
    uint8_t *buffer = next_buffer(RECEIVE, &id, &room);
    if (buffer == NULL) {
        return 0;
    }
    assert_true(HEADER + len <= room);
    memset(buffer, 0, HEADER);
    memcpy(buffer + HEADER, frame, len);
    return_buffer(RECEIVE, id, told);
    return 1;
}

/* Takes a frame that the driver sends. Returns its length, or 0 if there is none. */
static size_t leaves(uint8_t *out)
{
    static const uint8_t zeros[HEADER];
    uint32_t id, len;
    const uint8_t *buffer = next_buffer(SEND, &id, &len);
    if (buffer == NULL) {
        return 0;
    }
    assert_true(len > HEADER && len <= HEADER + LONGEST);
    assert_memory_equal(buffer, zeros, HEADER);
    memcpy(out, buffer + HEADER, len - HEADER);
    return_buffer(SEND, id, 0);
    return len - HEADER;
}

static err_t hear(struct pbuf *frame, struct netif *from)
{
    assert_ptr_equal(from, &netif);
    assert_true(frame->tot_len >= 14 && frame->tot_len <= LONGEST);
    heard_len = pbuf_copy_partial(frame, heard, sizeof heard, 0);
    if (keeps) {
        assert_true(heard_count < sizeof kept / sizeof kept[0]);
        kept[heard_count++] = frame;
        return ERR_OK;
    }
    ++heard_count;
    (void)pbuf_free(frame);
    return ERR_OK;
}

static err_t start(const device_t *what)
{
    static int was_started;
    if (!was_started) {
        lwip_init();
    }
    was_started = 1;
    device = *what;
    heard_count = 0;
    keeps = 0;
    writes = 0;
    memset(&netif, 0, sizeof netif);
    netif.input = hear;
    netif.flags = 0;
    return board_ethernet_init(&netif);
}

static err_t send(const uint8_t *frame, size_t len)
{
    struct pbuf *data = pbuf_alloc(PBUF_RAW, (u16_t)len, PBUF_RAM);
    assert_non_null(data);
    assert_int_equal(pbuf_take(data, frame, (u16_t)len), ERR_OK);
    err_t result = netif.linkoutput(&netif, data);
    (void)pbuf_free(data);
    return result;
}

static void fill(uint8_t *frame, size_t len)
{
    for (size_t i = 0; i < len; ++i) {
        frame[i] = (uint8_t)network_random();
    }
}

static void test_no_device(void **state)
{
    (void)state;
    device_t none = good;
    none.type = 0;
    assert_int_equal(start(&none), ERR_IF);
    assert_int_equal(writes, 0);
    assert_int_equal(board_ethernet_receive(&netif), 0);
}

/* Each device that the driver must refuse. */
static void test_refused(void **state)
{
    (void)state;
    device_t bad[12];
    for (size_t i = 0; i < 12; ++i) {
        bad[i] = good;
    }
    bad[0].magic = 0;
    bad[1].version = 1; /* older than virtio 1 */
    bad[2].type = 2;    /* a disk */
    bad[3].offered[0] = ~0x20u;
    bad[4].offered[1] = ~0x1u;
    bad[5].refused_status = 8; /* the features */
    bad[6].stuck_status = 1;   /* is not reset */
    bad[7].queues[RECEIVE].max = 0;
    bad[8].queues[RECEIVE].max = RECEIVE_BUFFERS - 1u;
    bad[9].queues[SEND].max = SEND_BUFFERS - 1u;
    bad[10].queues[SEND].ready = 1;
    bad[11].mac[0] |= 1; /* an address of a group */
    for (size_t i = 0; i < 12; ++i) {
        assert_int_equal(start(&bad[i]), ERR_IF);
        assert_int_equal(writes > 0, i > 2);
        assert_int_equal(device.status, i > 2 ? FAILED | device.stuck_status : 0);
        assert_int_equal(device.notified[RECEIVE], 0);
        assert_int_equal(board_ethernet_receive(&netif), 0);
    }
}

static void test_start(void **state)
{
    (void)state;
    device_t last = good;
    last.slot = 7;
    assert_int_equal(start(&last), ERR_OK);
    assert_int_equal(device.status, RUNNING);
    assert_int_equal(device.accepted[0], 0x20);
    assert_int_equal(device.accepted[1], 0x1);
    assert_memory_equal(netif.hwaddr, good.mac, sizeof good.mac);
    assert_int_equal(device.queues[RECEIVE].size, RECEIVE_BUFFERS);
    assert_int_equal(device.queues[SEND].size, SEND_BUFFERS);
    assert_int_equal(device.notified[RECEIVE], RECEIVE_BUFFERS);
    assert_int_equal(device.notified[SEND], 0);
    assert_int_equal(get16(shared(RECEIVE, 1)), 1); /* no interrupts */
    assert_true(netif_is_link_up(&netif));
}

/* Enough frames to wrap the 16-bit indices. */
static void test_both_ways(void **state)
{
    (void)state;
    static const size_t lens[] = {14, 15, 60, 590, 591, LONGEST};
    uint8_t frame[LONGEST], seen[LONGEST];
    assert_int_equal(start(&good), ERR_OK);
    uint32_t frames = board_ethernet_frames();
    for (uint32_t i = 0; i < 70000; ++i) {
        size_t len = lens[i % 6u];
        fill(frame, i < 100 ? len : 14);
        assert_true(arrives(frame, len, (uint32_t)(HEADER + len)));
        assert_int_equal(board_ethernet_receive(&netif), 1);
        assert_int_equal(board_ethernet_receive(&netif), 0);
        assert_int_equal(heard_len, len);
        assert_memory_equal(heard, frame, len);
        len = len < 590 ? len : 590;
        assert_int_equal(send(frame, len), ERR_OK);
        assert_int_equal(leaves(seen), len);
        assert_memory_equal(seen, frame, len);
    }
    assert_int_equal(heard_count, 70000);
    assert_int_equal(board_ethernet_frames() - frames, 140000);
}

static void test_device_is_slow(void **state)
{
    (void)state;
    uint8_t frame[591] = {0}, seen[LONGEST];
    assert_int_equal(start(&good), ERR_OK);
    assert_int_equal(send(frame, 591), ERR_BUF); /* longer than a segment */
    for (uint32_t i = 0; i < SEND_BUFFERS; ++i) {
        frame[0] = (uint8_t)i;
        assert_int_equal(send(frame, 60), ERR_OK);
    }
    assert_int_equal(send(frame, 60), ERR_MEM);
    for (uint32_t i = 0; i < SEND_BUFFERS; ++i) {
        assert_int_equal(leaves(seen), 60);
        assert_int_equal(seen[0], i);
    }
    assert_int_equal(leaves(seen), 0);
    assert_int_equal(send(frame, 60), ERR_OK);
    assert_int_equal(leaves(seen), 60);
    for (uint32_t i = 0; i < RECEIVE_BUFFERS; ++i) {
        assert_true(arrives(frame, 60, HEADER + 60));
    }
    assert_false(arrives(frame, 60, HEADER + 60));
    assert_int_equal(board_ethernet_receive(&netif), 1);
    assert_true(arrives(frame, 60, HEADER + 60));
}

/* Lengths that are shorter than the two headers: the frame is dropped, its buffer is not lost. */
static void test_short_frames(void **state)
{
    (void)state;
    static const uint32_t told[] = {0, 1, HEADER - 1, HEADER, HEADER + 1, HEADER + 13};
    uint8_t frame[60] = {0};
    assert_int_equal(start(&good), ERR_OK);
    for (size_t round = 0; round < 30; ++round) {
        assert_true(arrives(frame, sizeof frame, told[round % 6u]));
        assert_int_equal(board_ethernet_receive(&netif), 1);
    }
    assert_int_equal(heard_count, 0);
    assert_true(arrives(frame, 14, HEADER + 14));
    assert_int_equal(board_ethernet_receive(&netif), 1);
    assert_int_equal(heard_count, 1);
    assert_int_equal(device.status, RUNNING);
}

static void test_no_room_in_lwip(void **state)
{
    (void)state;
    uint8_t frame[60] = {0};
    assert_int_equal(start(&good), ERR_OK);
    keeps = 1;
    for (size_t i = 0; i < 30; ++i) {
        assert_true(arrives(frame, sizeof frame, HEADER + sizeof frame));
        assert_int_equal(board_ethernet_receive(&netif), 1);
    }
    assert_int_equal(heard_count, PBUF_POOL_SIZE);
    while (heard_count > 0) {
        (void)pbuf_free(kept[--heard_count]);
    }
    assert_true(arrives(frame, sizeof frame, HEADER + sizeof frame));
    assert_int_equal(board_ethernet_receive(&netif), 1);
    assert_int_equal(heard_count, 1);
    (void)pbuf_free(kept[0]);
}

typedef struct {
    uint32_t id;
    uint32_t len;
    uint16_t ahead; /* added to the used index */
} lie_t;

static const lie_t lies[] = {
    {0, HEADER + LONGEST + 1u, 1}, /* longer than its buffer */
    {0, 0x7fffffffu, 1},
    {0, UINT32_MAX, 1},
    {RECEIVE_BUFFERS, HEADER + 60u, 1}, /* no such buffer */
    {32, HEADER + 60u, 1},
    {UINT32_MAX, HEADER + 60u, 1},
    {0, HEADER + 60u, RECEIVE_BUFFERS + 1u}, /* more buffers than there are */
    {0, HEADER + 60u, UINT16_MAX},           /* a step back */
};

static void check_stopped(void)
{
    const uint8_t frame[60] = {0};
    assert_int_equal(device.status, FAILED);
    assert_false(netif_is_link_up(&netif));
    writes = 0;
    assert_int_equal(send(frame, sizeof frame), ERR_IF);
    assert_int_equal(board_ethernet_receive(&netif), 0);
    assert_int_equal(writes, 0);
}

static void test_lies_about_received_frames(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; ++i) {
        assert_int_equal(start(&good), ERR_OK);
        set_used(RECEIVE, 0, lies[i].id, lies[i].len);
        set_used_index(RECEIVE, lies[i].ahead);
        assert_int_equal(board_ethernet_receive(&netif), 0);
        assert_int_equal(heard_count, 0);
        check_stopped();
    }
}

/* The same buffer is used twice. The second time it belongs to the driver. */
static void test_lies_about_sent_frames(void **state)
{
    (void)state;
    uint8_t frame[60] = {0};
    for (int twice = 0; twice < 2; ++twice) {
        assert_int_equal(start(&good), ERR_OK);
        assert_int_equal(send(frame, sizeof frame), ERR_OK);
        return_buffer(SEND, twice ? 0 : SEND_BUFFERS, 0);
        if (twice) {
            return_buffer(SEND, 0, 0);
        }
        assert_int_equal(send(frame, sizeof frame), ERR_IF);
        check_stopped();
    }
    assert_int_equal(start(&good), ERR_OK);
    return_buffer(SEND, 0, 0); /* nothing was sent */
    assert_int_equal(send(frame, sizeof frame), ERR_IF);
    check_stopped();
}

/* Writes random values to all shared memory, some of them plausible. */
static void test_random_device(void **state)
{
    (void)state;
    uint8_t frame[60] = {0};
    uint32_t stopped = 0, ran = 0;
    for (uint32_t round = 0; round < 20000; ++round) {
        assert_int_equal(start(&good), ERR_OK);
        while (device.status == RUNNING && network_random() % 32u != 0) {
            for (int queue = RECEIVE; queue <= SEND; ++queue) {
                fill(shared(queue, 0), 16u * device.queues[queue].size);
                fill(shared(queue, 1) + 4, 2u * device.queues[queue].size);
                uint16_t index = used_index(queue);
                set_used(queue, index, network_random() % 6u, network_random() % (HEADER + LONGEST + 20u));
                set_used_index(queue, (uint16_t)(index + network_random() % 3u));
            }
            ran += (uint32_t)board_ethernet_receive(&netif);
            ran += send(frame, sizeof frame) == ERR_OK;
        }
        stopped += device.status == FAILED;
    }
    assert_true(stopped > 10000 && ran > 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_device),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_both_ways),
        cmocka_unit_test(test_device_is_slow),
        cmocka_unit_test(test_short_frames),
        cmocka_unit_test(test_no_room_in_lwip),
        cmocka_unit_test(test_lies_about_received_frames),
        cmocka_unit_test(test_lies_about_sent_frames),
        cmocka_unit_test(test_random_device),
    };
    return cmocka_run_group_tests_name("virtio_net", tests, NULL, NULL);
}
