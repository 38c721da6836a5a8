/* SPDX-License-Identifier: MIT */
/* Short names that Arduino's cores define: Arduino.h, binary.h, esp32-hal-gpio.h, Print.h, WString.h,
 * pgmspace.h, pins_arduino.h of the ESP32, and the macros min, max, abs and round of the AVR and SAM cores.
 *
 * Compared with arduino-esp32 2.0.x (Arduino.h at 00d8a39a, esp32-hal-gpio.h at 0501831c, binary.h at
 * 6cca46ca). This file has only some of B0 to B11111111 and of the pins, and no classes. */
#ifndef NAMES_ARDUINO_H
#define NAMES_ARDUINO_H

#define PI 3.1415926535897932384626433832795
#define HALF_PI 1.5707963267948966192313216916398
#define TWO_PI 6.283185307179586476925286766559
#define EULER 2.718281828459045235360287471352
#define SERIAL 0x0
#define DISPLAY 0x1
#define LSBFIRST 0
#define MSBFIRST 1
#define LOW 0x0
#define HIGH 0x1
#define INPUT 0x01
#define OUTPUT 0x02
#define PULLUP 0x04
#define PULLDOWN 0x08
#define OPEN_DRAIN 0x10
#define SPECIAL 0xF0
#define ANALOG 0xC0
#define DISABLED 0x00
#define RISING 0x01
#define FALLING 0x02
#define CHANGE 0x03
#define ONLOW 0x04
#define ONHIGH 0x05
#define DEFAULT 1
#define EXTERNAL 0
#define DEC 10
#define HEX 16
#define OCT 8
#define BIN 2
#define F(string_literal) (string_literal)
#define PSTR(s) (s)
#define PROGMEM
#define NOT_A_PIN -1
#define LED_BUILTIN 2
#define NOP() ((void)0)
#define bit(b) (1UL << (b))
#define sq(x) ((x) * (x))
#define lowByte(w) ((unsigned char)((w)&0xff))
#define highByte(w) ((unsigned char)((w) >> 8))
#define bitRead(value, bit) (((value) >> (bit)) & 0x01)
#define bitSet(value, bit) ((value) |= (1UL << (bit)))
#define bitClear(value, bit) ((value) &= ~(1UL << (bit)))
#define constrain(amt, low, high) ((amt) < (low) ? (low) : ((amt) > (high) ? (high) : (amt)))
#define radians(deg) ((deg)*0.017453292519943295)
#define degrees(rad) ((rad)*57.295779513082320)
#define interrupts() ((void)0)
#define noInterrupts() ((void)0)
#define word(...) makeWord(__VA_ARGS__)
#define _min(a, b) ((a) < (b) ? (a) : (b))
#define _max(a, b) ((a) > (b) ? (a) : (b))
#if !defined(ARDUINO_ARCH_ESP32)
#undef min
#undef max
#undef abs
#undef round
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define abs(x) ((x) > 0 ? (x) : -(x))
#define round(x) ((x) >= 0 ? (long)((x) + 0.5) : (long)((x)-0.5))
#endif

typedef unsigned char byte;
typedef unsigned char boolean;

enum { B0 = 0, B00 = 0, B000 = 0, B1 = 1, B01 = 1, B001 = 1, B10 = 2, B11 = 3, B100 = 4, B11111111 = 255 };
enum {
    TX = 1,
    RX = 3,
    SDA = 21,
    SCL = 22,
    SS = 5,
    MOSI = 23,
    MISO = 19,
    SCK = 18,
    A0 = 36,
    T0 = 4,
    DAC1 = 25
};

#endif
