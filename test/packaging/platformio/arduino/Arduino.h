/* Compared with arduino-esp32 2.0.x (cores/esp32/Arduino.h at 00d8a39a). Its macros, enumerators and types
 * are those of names/arduino.h. Of the classes and functions, only those that the sketches call are here.
 * FreeRTOS is omitted. Print, Stream and IPAddress were compared with Print.h at 08b63633, Stream.h at
 * 00e9c785 and ArduinoCore-API 1.5.2. There they are in a namespace that Arduino.h uses. Print and Stream
 * have the same virtual functions, without the functions that print, parse or wait. */
#pragma once
#include "esp_arduino_version.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define ARDUINO_ARCH_ESP32 1
#define INPUT_PULLUP 0x05
#include "../../../check/names/arduino.h"
class String
{
  public:
    String();
    String(const String &other);
    String(const char *text);
    String &operator=(const String &other);
    ~String();
    size_t length() const;
    const char *c_str() const;
    void trim();
};
class Print
{
  public:
    virtual ~Print()
    {
    }
    virtual size_t write(uint8_t byte) = 0;
    virtual size_t write(const uint8_t *data, size_t size) = 0; /* there it calls the one above */
    virtual int availableForWrite()
    {
        return 0;
    }
    virtual void flush()
    {
    }
};
class Stream : public Print
{
  public:
    virtual int available() = 0;
    virtual int read() = 0;
    virtual int peek() = 0;
};
class IPAddress
{
  public:
    explicit IPAddress(uint32_t address);
};
#define SERIAL_8N1 0x800001c
class HardwareSerial : public Stream
{
  public:
    void begin(unsigned long baud, uint32_t config = SERIAL_8N1, int8_t rx_pin = -1, int8_t tx_pin = -1);
    size_t write(uint8_t byte) override;
    size_t write(const uint8_t *data, size_t size) override;
    int available() override;
    int read() override;
    int peek() override;
    size_t printf(const char *format, ...) __attribute__((format(printf, 2, 3)));
    size_t println(const char *line);
    String readStringUntil(char terminator);
};
extern HardwareSerial Serial;
extern HardwareSerial Serial1;
unsigned long millis();
void delay(uint32_t ms);
unsigned long millis();
void pinMode(uint8_t pin, uint8_t mode);
int digitalRead(uint8_t pin);
void configTime(long offset, int daylight_offset, const char *server1, const char *server2 = nullptr);
void setup();
void loop();
