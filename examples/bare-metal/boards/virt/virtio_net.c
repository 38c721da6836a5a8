/* SPDX-License-Identifier: MIT */
/* A polled driver of virtio-net for lwIP (OASIS, "Virtual I/O Device", version 1.1: 2.6 split virtqueues, 4.2
 * virtio over MMIO, 5.1 network device).
 * The device is not trusted. The driver reads each of the device's values once, and checks it before use. It
 * keeps its own copies of its indices, and a bit for each buffer that the device has. A device that reports a
 * buffer it does not have, more buffers than exist, or a frame that is longer than its buffer, is stopped.
 * Then the link is down, and connections fail. */
#include "virtio_net.h"

#include "board_ethernet.h"

#include <string.h>

#include <lwip/etharp.h>
#include <lwip/pbuf.h>
#include <netif/ethernet.h>

#define VIRTIO_FIRST 0x10001000u
#define VIRTIO_STEP 0x1000u
#define VIRTIO_SLOTS 8u

enum {
    VIRTIO_MAGIC = 0x000,
    VIRTIO_VERSION = 0x004,
    VIRTIO_DEVICE = 0x008,
    VIRTIO_OFFERED = 0x010,
    VIRTIO_OFFERED_SELECT = 0x014,
    VIRTIO_ACCEPTED = 0x020,
    VIRTIO_ACCEPTED_SELECT = 0x024,
    VIRTIO_QUEUE_SELECT = 0x030,
    VIRTIO_QUEUE_MAX = 0x034,
    VIRTIO_QUEUE_SIZE = 0x038,
    VIRTIO_QUEUE_READY = 0x044,
    VIRTIO_QUEUE_NOTIFY = 0x050,
    VIRTIO_STATUS = 0x070,
    VIRTIO_QUEUE_DESCRIPTORS = 0x080,
    VIRTIO_QUEUE_AVAILABLE = 0x090,
    VIRTIO_QUEUE_USED = 0x0a0,
    VIRTIO_MAC = 0x100
};

#define VIRTIO_IS_VIRTIO 0x74726976u /* "virt" */
#define VIRTIO_IS_VERSION_1 2u       /* of the registers: virtio 1.0 or newer */
#define VIRTIO_IS_NETWORK 1u

#define VIRTIO_ACKNOWLEDGE 1u
#define VIRTIO_DRIVER 2u
#define VIRTIO_DRIVER_OK 4u
#define VIRTIO_FEATURES_OK 8u
#define VIRTIO_FAILED 128u

#define VIRTIO_HAS_MAC 0x20u      /* bit 5 */
#define VIRTIO_HAS_VERSION_1 0x1u /* bit 32 */

#define VIRTIO_DEVICE_WRITES 2u /* flag of a descriptor */
#define VIRTIO_NO_INTERRUPT 1u  /* flag of the available ring */

#define VIRTIO_RECEIVE 0u
#define VIRTIO_SEND 1u
/* Before each frame. It describes offloads. The driver accepts no offload: it sends zeros, and does not read
 * the received ones. */
#define VIRTIO_HEADER_LEN 12u

/* Numbers of buffers: powers of two. The device keeps frames until it has a buffer for them. */
#define VIRTIO_RECEIVE_COUNT 2u
#define VIRTIO_SEND_COUNT 4u
#define VIRTIO_MAX_COUNT 4u

/* A received frame has up to 1514 bytes: QEMU's user network ignores the segment size that lwIP asks for.
 * lwIP's longest TCP segment has 40 bytes of headers. */
#define VIRTIO_RECEIVE_LEN (VIRTIO_HEADER_LEN + SIZEOF_ETH_HDR + 1500u)
#define VIRTIO_SEND_LEN (VIRTIO_HEADER_LEN + SIZEOF_ETH_HDR + 40u + TCP_MSS)

typedef struct {
    uint64_t address;
    uint32_t len;
    uint16_t flags;
    uint16_t next;
} virtio_descriptor_t;

typedef struct {
    uint16_t flags;
    uint16_t index;
    uint16_t ring[VIRTIO_MAX_COUNT];
} virtio_available_t;

typedef struct {
    uint16_t flags;
    uint16_t index;
    struct {
        uint32_t id;
        uint32_t len;
    } ring[VIRTIO_MAX_COUNT];
} virtio_used_t;

/* The first three members are shared with the device. The others are the driver's. */
typedef struct {
    virtio_descriptor_t descriptors[VIRTIO_MAX_COUNT] __attribute__((aligned(16)));
    volatile virtio_available_t available;
    volatile virtio_used_t used __attribute__((aligned(4)));
    uint32_t number;      /* VIRTIO_RECEIVE or VIRTIO_SEND */
    uint32_t count;       /* of buffers */
    uint32_t buffer_len;  /* the size of each */
    uint8_t *buffers;     /* one after the other */
    uint32_t with_device; /* a bit for each buffer */
    uint16_t given;       /* buffers passed to the device in total; wraps */
    uint16_t taken;       /* buffers taken back in total; wraps */
} virtio_queue_t;

static uint8_t receive_buffers[VIRTIO_RECEIVE_COUNT * VIRTIO_RECEIVE_LEN] __attribute__((aligned(4)));
static uint8_t send_buffers[VIRTIO_SEND_COUNT * VIRTIO_SEND_LEN] __attribute__((aligned(4)));
static virtio_queue_t receiving, sending;
static uint32_t registers; /* the device's address; 0: there is none, or it was stopped */
static uint32_t frames;

static void stop(struct netif *netif)
{
    virtio_write(registers + VIRTIO_STATUS, VIRTIO_FAILED);
    registers = 0;
    netif_set_link_down(netif);
}

static uint8_t *buffer_of(const virtio_queue_t *queue, uint32_t id)
{
    return queue->buffers + (size_t)(id * queue->buffer_len);
}

static void give_buffer(virtio_queue_t *queue, uint32_t id, uint32_t len, uint16_t flags)
{
    queue->descriptors[id] = (virtio_descriptor_t){(uintptr_t)buffer_of(queue, id), len, flags, 0};
    queue->with_device |= 1u << id;
    queue->available.ring[queue->given % queue->count] = (uint16_t)id;
    __sync_synchronize(); /* the device must not see the index before the buffer */
    queue->available.index = ++queue->given;
    __sync_synchronize();
    virtio_write(registers + VIRTIO_QUEUE_NOTIFY, queue->number);
}

/* Takes a buffer back from the device. Returns 1, 0 if the device has returned none, or -1 if it has broken
 * the rules. `out_len` is the number of bytes that the device reports as written, at most the size of a
 * buffer. */
static int take_buffer(virtio_queue_t *queue, uint32_t *out_id, uint32_t *out_len)
{
    uint16_t count = (uint16_t)(queue->used.index - queue->taken);
    if (count == 0) {
        return 0;
    }
    __sync_synchronize(); /* the entry must not be read before the index */
    uint32_t id = queue->used.ring[queue->taken % queue->count].id;
    uint32_t len = queue->used.ring[queue->taken % queue->count].len;
    if (count > queue->count || id >= queue->count || (queue->with_device >> id & 1u) == 0 ||
        len > queue->buffer_len) {
        return -1;
    }
    queue->with_device &= ~(1u << id);
    ++queue->taken;
    *out_id = id;
    *out_len = len;
    return 1;
}

/* Returns a buffer that the device does not have, or queue->count. */
static uint32_t free_buffer(const virtio_queue_t *queue)
{
    uint32_t id = 0;
    while (id < queue->count && (queue->with_device >> id & 1u) != 0) {
        ++id;
    }
    return id;
}

static err_t send_frame(struct netif *netif, struct pbuf *frame)
{
    uint32_t id, len;
    int taken = 0;
    while (registers != 0 && (taken = take_buffer(&sending, &id, &len)) > 0) {
    }
    if (taken < 0) {
        stop(netif);
    }
    if (registers == 0) {
        return ERR_IF;
    }
    if (frame->tot_len > VIRTIO_SEND_LEN - VIRTIO_HEADER_LEN) {
        return ERR_BUF; /* the answer to a long ping */
    }
    id = free_buffer(&sending);
    if (id == sending.count) {
        return ERR_MEM; /* lwIP sends again later */
    }
    memset(buffer_of(&sending, id), 0, VIRTIO_HEADER_LEN);
    (void)pbuf_copy_partial(frame, buffer_of(&sending, id) + VIRTIO_HEADER_LEN, frame->tot_len, 0);
    give_buffer(&sending, id, VIRTIO_HEADER_LEN + frame->tot_len, 0);
    ++frames;
    return ERR_OK;
}

/* Copies a received frame for lwIP. Returns NULL if it is too short, or if lwIP has no buffer. */
static struct pbuf *copy_frame(const uint8_t *buffer, uint32_t len)
{
    struct pbuf *frame = NULL;
    if (len >= VIRTIO_HEADER_LEN + SIZEOF_ETH_HDR) {
        frame = pbuf_alloc(PBUF_RAW, (uint16_t)(len - VIRTIO_HEADER_LEN), PBUF_POOL);
    }
    if (frame != NULL) {
        (void)pbuf_take(frame, buffer + VIRTIO_HEADER_LEN, frame->tot_len);
    }
    return frame;
}

int board_ethernet_receive(struct netif *netif)
{
    uint32_t id, len;
    int taken = registers != 0 ? take_buffer(&receiving, &id, &len) : 0;
    if (taken < 0) {
        stop(netif);
    }
    if (taken <= 0) {
        return 0;
    }
    struct pbuf *frame = copy_frame(buffer_of(&receiving, id), len);
    give_buffer(&receiving, id, VIRTIO_RECEIVE_LEN, VIRTIO_DEVICE_WRITES);
    ++frames;
    if (frame != NULL && netif->input(frame, netif) != ERR_OK) {
        (void)pbuf_free(frame);
    }
    return 1;
}

uint32_t board_ethernet_frames(void)
{
    return frames;
}

/* Returns the address of the first network device, or 0. */
static uint32_t find_device(void)
{
    for (uint32_t slot = 0; slot < VIRTIO_SLOTS; ++slot) {
        uint32_t address = VIRTIO_FIRST + slot * VIRTIO_STEP;
        if (virtio_read(address + VIRTIO_MAGIC) == VIRTIO_IS_VIRTIO &&
            virtio_read(address + VIRTIO_VERSION) == VIRTIO_IS_VERSION_1 &&
            virtio_read(address + VIRTIO_DEVICE) == VIRTIO_IS_NETWORK) {
            return address;
        }
    }
    return 0;
}

/* Resets the device and accepts two of its features: its address, and the rules of virtio 1. Returns 0 or -1.
 */
static int accept_features(void)
{
    virtio_write(registers + VIRTIO_STATUS, 0);
    if (virtio_read(registers + VIRTIO_STATUS) != 0) {
        return -1;
    }
    virtio_write(registers + VIRTIO_STATUS, VIRTIO_ACKNOWLEDGE | VIRTIO_DRIVER);
    static const uint32_t wanted[2] = {VIRTIO_HAS_MAC, VIRTIO_HAS_VERSION_1};
    for (uint32_t half = 0; half < 2; ++half) {
        virtio_write(registers + VIRTIO_OFFERED_SELECT, half);
        if ((virtio_read(registers + VIRTIO_OFFERED) & wanted[half]) == 0) {
            return -1;
        }
        virtio_write(registers + VIRTIO_ACCEPTED_SELECT, half);
        virtio_write(registers + VIRTIO_ACCEPTED, wanted[half]);
    }
    virtio_write(registers + VIRTIO_STATUS, VIRTIO_ACKNOWLEDGE | VIRTIO_DRIVER | VIRTIO_FEATURES_OK);
    return (virtio_read(registers + VIRTIO_STATUS) & VIRTIO_FEATURES_OK) != 0 ? 0 : -1;
}

static void write_address(uint32_t at, const volatile void *pointer)
{
    uint64_t address = (uintptr_t)pointer;
    virtio_write(registers + at, (uint32_t)address);
    virtio_write(registers + at + 4u, (uint32_t)(address >> 32));
}

/* Returns 0, or -1 if the device has no such queue, or one that is too short or in use. */
static int start_queue(virtio_queue_t *queue)
{
    queue->available.flags = VIRTIO_NO_INTERRUPT;
    virtio_write(registers + VIRTIO_QUEUE_SELECT, queue->number);
    if (virtio_read(registers + VIRTIO_QUEUE_READY) != 0 ||
        virtio_read(registers + VIRTIO_QUEUE_MAX) < queue->count) {
        return -1;
    }
    virtio_write(registers + VIRTIO_QUEUE_SIZE, queue->count);
    write_address(VIRTIO_QUEUE_DESCRIPTORS, queue->descriptors);
    write_address(VIRTIO_QUEUE_AVAILABLE, &queue->available);
    write_address(VIRTIO_QUEUE_USED, &queue->used);
    virtio_write(registers + VIRTIO_QUEUE_READY, 1);
    return 0;
}

/* Returns 0, or -1 if the device's address is one of a group. */
static int read_mac(struct netif *netif)
{
    for (uint32_t i = 0; i < ETH_HWADDR_LEN; ++i) {
        netif->hwaddr[i] = virtio_read_byte(registers + VIRTIO_MAC + i);
    }
    netif->hwaddr_len = ETH_HWADDR_LEN;
    return (netif->hwaddr[0] & 1u) == 0 ? 0 : -1;
}

err_t board_ethernet_init(struct netif *netif)
{
    registers = find_device();
    if (registers == 0) {
        return ERR_IF;
    }
    receiving = (virtio_queue_t){.number = VIRTIO_RECEIVE,
                                 .count = VIRTIO_RECEIVE_COUNT,
                                 .buffer_len = VIRTIO_RECEIVE_LEN,
                                 .buffers = receive_buffers};
    sending = (virtio_queue_t){.number = VIRTIO_SEND,
                               .count = VIRTIO_SEND_COUNT,
                               .buffer_len = VIRTIO_SEND_LEN,
                               .buffers = send_buffers};
    if (accept_features() != 0 || start_queue(&receiving) != 0 || start_queue(&sending) != 0 ||
        read_mac(netif) != 0) {
        stop(netif);
        return ERR_IF;
    }
    virtio_write(registers + VIRTIO_STATUS,
                 VIRTIO_ACKNOWLEDGE | VIRTIO_DRIVER | VIRTIO_FEATURES_OK | VIRTIO_DRIVER_OK);
    for (uint32_t id = 0; id < receiving.count; ++id) {
        give_buffer(&receiving, id, VIRTIO_RECEIVE_LEN, VIRTIO_DEVICE_WRITES);
    }
    netif->mtu = 1500;
    netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
    netif->output = etharp_output;
    netif->linkoutput = send_frame;
    return ERR_OK;
}
