/* Compared with arduino-esp32 2.0.x and 3.x (cores/esp32/Client.h at 40702b2d) and ArduinoCore-API 1.5.2: the
 * public virtual functions are the same. rawIPAddress is omitted. */
#pragma once
#include "Arduino.h"
class Client : public Stream
{
  public:
    virtual int connect(IPAddress ip, uint16_t port) = 0;
    virtual int connect(const char *host, uint16_t port) = 0;
    virtual size_t write(uint8_t byte) = 0;
    virtual size_t write(const uint8_t *data, size_t size) = 0;
    virtual int available() = 0;
    virtual int read() = 0;
    virtual int read(uint8_t *data, size_t size) = 0;
    virtual int peek() = 0;
    virtual void flush() = 0;
    virtual void stop() = 0;
    virtual uint8_t connected() = 0;
    virtual operator bool() = 0;
};
