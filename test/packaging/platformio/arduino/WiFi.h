#pragma once
#include "Arduino.h"
class WiFiClass
{
  public:
    int begin(const char *ssid, const char *password = nullptr);
};
extern WiFiClass WiFi;
