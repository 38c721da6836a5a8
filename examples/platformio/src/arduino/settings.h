/* SPDX-License-Identifier: MIT */
/* Settings in the board's flash, for the sketches. */
#ifndef SETTINGS_H
#define SETTINGS_H

#include <Arduino.h>
#include <Preferences.h>

/* Returns a setting from flash. Asks for it on the serial line until there is one. */
static inline String setting(Preferences &settings, const char *name)
{
    String value = settings.getString(name);
    while (value.length() == 0) {
        Serial.printf("%s? ", name);
        while (Serial.available() == 0) {
            delay(100);
        }
        value = Serial.readStringUntil('\n');
        value.trim();
        settings.putString(name, value);
    }
    return value;
}

#endif
