/* SPDX-License-Identifier: MIT */
/* Arduino on an ESP32: joins Wi-Fi, sets the clock, and prints the status of the connections on the serial line.
 *
 * The sketch contains no secret. It asks for each setting once on the serial line, and stores it in the board's
 * flash. */
#include <Arduino.h>
#include <Preferences.h>
#include <WiFi.h>
#include <time.h>

#include "../check.h"
#include "amp_posix.h"
#include "roots.h"
#include "settings.h"

/* The oldest core that this sketch supports. Earlier 2.x cores have older builds of mbedTLS. */
#if !defined(ESP_ARDUINO_VERSION) || ESP_ARDUINO_VERSION < ESP_ARDUINO_VERSION_VAL(2, 0, 17)
#error "this sketch needs Arduino core 2.0.17 or later for the ESP32"
#endif

static const uint32_t EXAMPLE_PERIOD_MS = 15u * 60u * 1000u;
static const uint32_t EXAMPLE_RETRY_MS = 60u * 1000u;
static const uint8_t EXAMPLE_BUTTON = 0; /* BOOT, on most boards */

static Preferences settings;

static int64_t seconds_now(void *)
{
    return static_cast<int64_t>(time(nullptr));
}

static void print_line(const char *line)
{
    Serial.println(line);
}

void setup()
{
    Serial.begin(115200);
    pinMode(EXAMPLE_BUTTON, INPUT_PULLUP);
    settings.begin("ampersand", false);
    WiFi.begin(setting(settings, "ssid").c_str(), setting(settings, "password").c_str());
    configTime(0, 0, "pool.ntp.org");
}

/* Returns true as soon as the button is pressed, or false after `ms` milliseconds. */
static bool pause_until_button(uint32_t ms)
{
    const uint32_t start_ms = millis();
    while (millis() - start_ms < ms) {
        if (digitalRead(EXAMPLE_BUTTON) == LOW) {
            return true;
        }
        delay(50);
    }
    return false;
}

void loop()
{
    static bool with_doctor = true; /* at the first boot, and whenever the button is pressed */
    static amp_posix_t tcp_state;
    static const String project = setting(settings, "project");
    static const String api_key = setting(settings, "api_key");
    static const String group = setting(settings, "group");
    amp_port_t tcp;
    amp_tls_config_t trust = {};
    amp_config_t config = {};
    amp_posix_init(&tcp_state, &tcp);
    trust.under = &tcp;
    /* Use roots instead of a bundle. WiFiClientSecure of core 2.x has its own esp_crt_bundle.h: its function has
     * another name, and it has no certificates (arduino-esp32 #6622, #7363). Core 3.x has ESP-IDF's bundle. */
    trust.anchors = roots;
    trust.anchor_count = sizeof roots / sizeof roots[0];
    trust.clock = seconds_now;
    config.project = amp_str(project.c_str());
    config.api_key = amp_str(api_key.c_str());
    /* Without network or time this prints an error, and the loop tries again. Wi-Fi reconnects by itself. */
    amp_status_t status = check_connections(&trust, &config, group.c_str(), with_doctor, print_line);
    with_doctor = pause_until_button(status == AMP_END ? EXAMPLE_PERIOD_MS : EXAMPLE_RETRY_MS);
}
