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

/* Of the mbedTLS that Arduino brings. Its header has the same name as another one of Arduino's. */
extern "C" int esp_crt_bundle_attach(void *ssl_config);

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
    trust.bundle = esp_crt_bundle_attach;
    trust.clock = seconds_now;
    config.project = amp_str(project.c_str());
    config.api_key = amp_str(api_key.c_str());
    /* Without a network, or a time, it says so, and tries again: Wi-Fi connects by itself. */
    amp_status_t status = check_connections(&trust, &config, group.c_str(), tell);
    delay(status == AMP_END ? EXAMPLE_PERIOD_MS : EXAMPLE_RETRY_MS);
}
