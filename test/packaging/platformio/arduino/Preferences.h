/* Compared with arduino-esp32 2.0.x: the functions that the sketch calls. */
#pragma once
#include "Arduino.h"
class Preferences
{
  public:
    bool begin(const char *name, bool read_only = false);
    String getString(const char *key, String default_value = String());
    size_t putString(const char *key, String value);
};
