/* Compared with arduino-esp32 2.0.x (cores/esp32/Arduino.h at 00d8a39a): the macros, enumerators and types
 * that it brings are those of names/arduino.h; of classes and functions those that the sketch calls. FreeRTOS
 * is left out. */
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
class HardwareSerial
{
  public:
    void begin(unsigned long baud);
    int available();
    size_t printf(const char *format, ...) __attribute__((format(printf, 2, 3)));
    size_t println(const char *line);
    String readStringUntil(char terminator);
};
extern HardwareSerial Serial;
void delay(uint32_t ms);
unsigned long millis();
void pinMode(uint8_t pin, uint8_t mode);
int digitalRead(uint8_t pin);
void configTime(long offset, int daylight_offset, const char *server1, const char *server2 = nullptr);
void setup();
void loop();
