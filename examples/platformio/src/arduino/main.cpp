/* SPDX-License-Identifier: MIT */
/* Arduino on an ESP32: Wi-Fi, the time, and the state of the connections on the serial line.
 *
 * Nothing secret is in the sketch: each setting is asked for on the serial line once, and kept in the
 * board's flash. */
#include <Arduino.h>
#include <Preferences.h>
#include <WiFi.h>
#include <time.h>

#include "../check.h"
#include "amp_posix.h"
#include "roots.h"

/* The oldest core that this sketch was written for. Older ones of 2.x have older builds of mbedTLS. */
#if !defined(ESP_ARDUINO_VERSION) || ESP_ARDUINO_VERSION < ESP_ARDUINO_VERSION_VAL(2, 0, 17)
#error "needs Arduino core 2.0.17 or later for the ESP32"
#endif

static const uint32_t EXAMPLE_PERIOD_MS = 15u * 60u * 1000u;
static const uint32_t EXAMPLE_RETRY_MS = 60u * 1000u;

static Preferences settings;

static String setting(const char *name)
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

static int64_t seconds_now(void *)
{
    return static_cast<int64_t>(time(nullptr));
}

static void tell(const char *line)
{
    Serial.println(line);
}

void setup()
{
    Serial.begin(115200);
    settings.begin("ampersand", false);
    WiFi.begin(setting("ssid").c_str(), setting("password").c_str());
    configTime(0, 0, "pool.ntp.org");
}

void loop()
{
    static amp_posix_t tcp_state;
    static const String project = setting("project");
    static const String api_key = setting("api_key");
    static const String group = setting("group");
    amp_port_t tcp;
    amp_tls_config_t trust = {};
    amp_config_t config = {};
    amp_posix_init(&tcp_state, &tcp);
    trust.under = &tcp;
    /* Roots, not a bundle. WiFiClientSecure of core 2.x has an esp_crt_bundle.h of its own, whose function has
     * another name and no certificates (arduino-esp32 #6622, #7363). Core 3.x has ESP-IDF's bundle. */
    trust.anchors = roots;
    trust.anchor_count = sizeof roots / sizeof roots[0];
    trust.clock = seconds_now;
    config.project = amp_str(project.c_str());
    config.api_key = amp_str(api_key.c_str());
    /* Without a network, or a time, it says so, and tries again: Wi-Fi connects by itself. */
    amp_status_t status = check_connections(&trust, &config, group.c_str(), tell);
    delay(status == AMP_END ? EXAMPLE_PERIOD_MS : EXAMPLE_RETRY_MS);
}
