/* SPDX-License-Identifier: MIT */
/* Arduino's Client over this system's blocking sockets. It behaves like the class of a board: connect and
 * write block, read returns the bytes that have arrived. Supports one connection to a literal IPv4
 * address. */
#ifndef AMP_TEST_SOCKET_CLIENT_H
#define AMP_TEST_SOCKET_CLIENT_H

#include <arpa/inet.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <Client.h>

class SocketClient : public Client
{
  public:
    ~SocketClient() override
    {
        stop();
    }
    int connect(IPAddress, uint16_t) override
    {
        return 0;
    }
    int connect(const char *host, uint16_t port) override
    {
        struct sockaddr_in address = {};
        stop();
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        if (inet_pton(AF_INET, host, &address.sin_addr) != 1) {
            return -2;
        }
        fd = socket(AF_INET, SOCK_STREAM, 0);
        if (::connect(fd, reinterpret_cast<struct sockaddr *>(&address), sizeof address) != 0) {
            stop();
            return 0;
        }
        return 1;
    }
    size_t write(uint8_t octet) override
    {
        return write(&octet, 1);
    }
    size_t write(const uint8_t *data, size_t size) override
    {
        ssize_t sent = send(fd, data, size, MSG_NOSIGNAL);
        return sent > 0 ? static_cast<size_t>(sent) : 0;
    }
    int available() override
    {
        int count = 0;
        return fd >= 0 && ioctl(fd, FIONREAD, &count) == 0 ? count : 0;
    }
    int read() override
    {
        uint8_t octet;
        return read(&octet, 1) == 1 ? octet : -1;
    }
    int read(uint8_t *data, size_t size) override
    {
        return static_cast<int>(recv(fd, data, size, MSG_DONTWAIT));
    }
    int peek() override
    {
        uint8_t octet;
        return recv(fd, &octet, 1, MSG_DONTWAIT | MSG_PEEK) == 1 ? octet : -1;
    }
    void flush() override
    {
    }
    void stop() override
    {
        if (fd >= 0) {
            (void)close(fd);
        }
        fd = -1;
    }
    uint8_t connected() override
    {
        uint8_t octet;
        struct pollfd waiting = {fd, POLLIN, 0};
        if (fd < 0 || (poll(&waiting, 1, 0) > 0 && recv(fd, &octet, 1, MSG_DONTWAIT | MSG_PEEK) <= 0)) {
            return 0;
        }
        return 1;
    }
    operator bool() override
    {
        return connected() != 0;
    }

  private:
    int fd = -1;
};

#endif
