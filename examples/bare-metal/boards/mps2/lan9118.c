/* SPDX-License-Identifier: MIT */
/* A polled driver of the SMSC LAN9118 for lwIP. It reads and writes whole words through the controller's
 * FIFOs. The controller pads a frame to a multiple of 4 bytes. */
#include "board_ethernet.h"

#include <string.h>

#include <lwip/etharp.h>
#include <lwip/pbuf.h>
#include <netif/ethernet.h>

#define LAN9118_REGISTER(offset) (*(volatile uint32_t *)(uintptr_t)(0x40200000u + (offset)))
#define LAN9118_RX_DATA LAN9118_REGISTER(0x00u)
#define LAN9118_TX_DATA LAN9118_REGISTER(0x20u)
#define LAN9118_RX_STATUS LAN9118_REGISTER(0x40u)
#define LAN9118_TX_STATUS LAN9118_REGISTER(0x48u)
#define LAN9118_TX_CFG LAN9118_REGISTER(0x70u)
#define LAN9118_HW_CFG LAN9118_REGISTER(0x74u)
#define LAN9118_RX_FIFO_INF LAN9118_REGISTER(0x7cu)
#define LAN9118_TX_FIFO_INF LAN9118_REGISTER(0x80u)
#define LAN9118_MAC_CSR_CMD LAN9118_REGISTER(0xa4u)
#define LAN9118_MAC_CSR_DATA LAN9118_REGISTER(0xa8u)

#define LAN9118_MAC_BUSY 0x80000000u
#define LAN9118_MAC_READ 0x40000000u
#define LAN9118_MAC_CR 1u
#define LAN9118_MAC_ADDRH 2u
#define LAN9118_MAC_ADDRL 3u
#define LAN9118_MAC_CR_RECEIVE_AND_SEND 0x0cu
#define LAN9118_TX_ON 2u
#define LAN9118_HW_RESET 1u
#define LAN9118_HW_MUST_BE_ONE 0x00100000u
#define LAN9118_HW_TX_FIFO_5K 0x00050000u
#define LAN9118_TX_FIRST_AND_LAST 0x3000u
#define LAN9118_CRC_SIZE 4u
#define LAN9118_FRAME_SIZE 1514u

static uint32_t frames;

static uint32_t read_mac(uint32_t index)
{
    LAN9118_MAC_CSR_CMD = LAN9118_MAC_BUSY | LAN9118_MAC_READ | index;
    while ((LAN9118_MAC_CSR_CMD & LAN9118_MAC_BUSY) != 0) {
    }
    return LAN9118_MAC_CSR_DATA;
}

static void write_mac(uint32_t index, uint32_t value)
{
    LAN9118_MAC_CSR_DATA = value;
    LAN9118_MAC_CSR_CMD = LAN9118_MAC_BUSY | index;
    while ((LAN9118_MAC_CSR_CMD & LAN9118_MAC_BUSY) != 0) {
    }
}

static err_t send_frame(struct netif *netif, struct pbuf *frame)
{
    uint32_t len = frame->tot_len;
    (void)netif;
    while ((LAN9118_TX_FIFO_INF >> 16 & 0xffu) != 0) {
        (void)LAN9118_TX_STATUS;
    }
    if ((LAN9118_TX_FIFO_INF & 0xffffu) < len + 12u) {
        return ERR_MEM;
    }
    LAN9118_TX_DATA = LAN9118_TX_FIRST_AND_LAST | len;
    LAN9118_TX_DATA = len;
    for (uint32_t at = 0; at < len; at += 4u) {
        uint32_t word = 0;
        if (at + 4u <= frame->len) {
            memcpy(&word, (const uint8_t *)frame->payload + at, 4);
        } else {
            (void)pbuf_copy_partial(frame, &word, 4, (uint16_t)at);
        }
        LAN9118_TX_DATA = word;
    }
    ++frames;
    return ERR_OK;
}

/* Reads a frame out of the controller. `frame` is NULL if lwIP has no buffer: the frame is dropped. */
static void read_frame(struct pbuf *frame, uint32_t len)
{
    for (uint32_t at = 0; at < len; at += 4u) {
        uint32_t word = LAN9118_RX_DATA;
        if (frame != NULL && at + 4u <= frame->len) {
            memcpy((uint8_t *)frame->payload + at, &word, 4);
        } else if (frame != NULL && at < frame->tot_len) {
            uint32_t rest = frame->tot_len - at;
            (void)pbuf_take_at(frame, &word, (uint16_t)(rest < 4u ? rest : 4u), (uint16_t)at);
        }
    }
}

int board_ethernet_receive(struct netif *netif)
{
    if ((LAN9118_RX_FIFO_INF >> 16 & 0xffu) == 0) {
        return 0;
    }
    uint32_t len = LAN9118_RX_STATUS >> 16 & 0x3fffu;
    struct pbuf *frame = NULL;
    if (len > LAN9118_CRC_SIZE && len <= LAN9118_FRAME_SIZE + LAN9118_CRC_SIZE) {
        frame = pbuf_alloc(PBUF_RAW, (uint16_t)(len - LAN9118_CRC_SIZE), PBUF_POOL);
    }
    read_frame(frame, len);
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

err_t board_ethernet_init(struct netif *netif)
{
    LAN9118_HW_CFG = LAN9118_HW_RESET;
    while ((LAN9118_HW_CFG & LAN9118_HW_RESET) != 0) {
    }
    LAN9118_HW_CFG = LAN9118_HW_MUST_BE_ONE | LAN9118_HW_TX_FIFO_5K;
    LAN9118_TX_CFG = LAN9118_TX_ON;
    write_mac(LAN9118_MAC_CR, LAN9118_MAC_CR_RECEIVE_AND_SEND);
    uint32_t low = read_mac(LAN9118_MAC_ADDRL);
    uint32_t high = read_mac(LAN9118_MAC_ADDRH);
    memcpy(netif->hwaddr, &low, 4);
    memcpy(netif->hwaddr + 4, &high, 2);
    netif->hwaddr_len = ETH_HWADDR_LEN;
    netif->mtu = 1500;
    netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
    netif->output = etharp_output;
    netif->linkoutput = send_frame;
    return ERR_OK;
}
