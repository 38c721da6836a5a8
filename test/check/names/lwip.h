/* SPDX-License-Identifier: MIT */
/* Short names that lwIP's headers define: lwip/tcp.h, err.h, arch.h, pbuf.h, memp.h, sockets.h.
 *
 * Compared with esp-lwip of ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2 and with lwIP 2.1.3. Enumerators and
 * macros have the same values. A type is a different one of the same kind. The functions of sockets.h are
 * omitted. */
#ifndef NAMES_LWIP_H
#define NAMES_LWIP_H

typedef unsigned char u8_t;
typedef signed char s8_t;
typedef unsigned short u16_t;
typedef short s16_t;
typedef unsigned u32_t;
typedef int s32_t;
typedef signed char err_t;
typedef unsigned short tcpflags_t;

enum tcp_state {
    CLOSED,
    LISTEN,
    SYN_SENT,
    SYN_RCVD,
    ESTABLISHED,
    FIN_WAIT_1,
    FIN_WAIT_2,
    CLOSE_WAIT,
    CLOSING,
    LAST_ACK,
    TIME_WAIT
};

typedef enum {
    ERR_OK = 0,
    ERR_MEM = -1,
    ERR_BUF = -2,
    ERR_TIMEOUT = -3,
    ERR_RTE = -4,
    ERR_INPROGRESS = -5,
    ERR_VAL = -6,
    ERR_WOULDBLOCK = -7,
    ERR_USE = -8,
    ERR_ALREADY = -9,
    ERR_ISCONN = -10,
    ERR_CONN = -11,
    ERR_IF = -12,
    ERR_ABRT = -13,
    ERR_RST = -14,
    ERR_CLSD = -15,
    ERR_ARG = -16
} err_enum_t;

enum { PBUF_RAM, PBUF_ROM, PBUF_REF, PBUF_POOL, PBUF_RAW, PBUF_LINK, PBUF_IP, PBUF_TRANSPORT };
enum { MEMP_PBUF, MEMP_NETCONN, MEMP_NETBUF, MEMP_NETDB, MEMP_MAX };

#define TF_ACK_DELAY 0x01U
#define TF_FIN 0x20U
#define TF_CLOSEPEND 0x0200U
#define MEMCPY(dst, src, len) memcpy(dst, src, len)
#define SMEMCPY(dst, src, len) memcpy(dst, src, len)
#define TCP_WND 5760
#define MEM_SIZE 16000

#endif
