/* Compared with arduino-esp32 2.0.x: the functions that the sketch calls. */
#pragma once
#include "Arduino.h"
class WiFiClass
{
  public:
    int begin(const char *ssid, const char *password = nullptr);
};
extern WiFiClass WiFi;
