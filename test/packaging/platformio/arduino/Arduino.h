/* As much of Arduino's core for the ESP32 as the sketch calls. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>
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
void configTime(long offset, int daylight_offset, const char *server1, const char *server2 = nullptr);
void setup();
void loop();
