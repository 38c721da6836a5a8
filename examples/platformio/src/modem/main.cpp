/* SPDX-License-Identifier: MIT */
/* Arduino on an ESP32 with a modem. The sketch attaches to the mobile network and gets the time from it. It
 * prints the status of the connections on the serial line. TLS runs on the ESP32, so neither modem nor
 * operator is trusted.
 *
 * platformio.ini names the modem's type and pins. The sketch contains no secret: it asks for each setting once on the
 * serial line, and stores it in the board's flash. It was not yet run with a real modem. */
#include <Arduino.h>
#include <Preferences.h>
#include <TinyGsmClient.h>
#include <sys/time.h>
#include <time.h>

#include "../arduino/roots.h"
#include "../arduino/settings.h"
#include "amp_arduino.h"
#include "amp_device.h"

#if !defined(EXAMPLE_MODEM_RX) || !defined(EXAMPLE_MODEM_TX)
#error "set EXAMPLE_MODEM_RX and EXAMPLE_MODEM_TX in platformio.ini"
#endif

static const uint32_t EXAMPLE_PERIOD_MS = 15u * 60u * 1000u;
static const uint32_t EXAMPLE_RETRY_MS = 60u * 1000u;
static const int EXAMPLE_CONNECT_S = 20;

static Preferences settings;
static TinyGsm modem(Serial1);
static TinyGsmClient client(modem);
static amp_arduino_t tcp_state;
static amp_device_t device;

/* By default TinyGSM waits 75 seconds for a connection. A request has 30 seconds in all. */
static int connect_in_time(Client *gsm, const char *host, uint16_t port)
{
    return static_cast<TinyGsmClient *>(gsm)->connect(host, port, EXAMPLE_CONNECT_S);
}

/* Certificates cannot be checked without the time, and a modem's own clock does not set that of the ESP32. */
static bool set_clock()
{
    struct tm utc = {};
    float zone = 0;
    if (!modem.getNetworkUTCTime(&utc.tm_year, &utc.tm_mon, &utc.tm_mday, &utc.tm_hour, &utc.tm_min, &utc.tm_sec, &zone)) {
        return false;
    }
    utc.tm_year -= 1900;
    utc.tm_mon -= 1;
    const struct timeval now = {mktime(&utc), 0}; /* no time zone is set, so mktime takes UTC */
    return now.tv_sec > AMP_BUILD_TIME && settimeofday(&now, nullptr) == 0;
}

static bool go_online(const char *apn)
{
    if (!modem.isGprsConnected() && !(modem.waitForNetwork() && modem.gprsConnect(apn))) {
        Serial.println("no mobile network");
        return false;
    }
    if (!set_clock()) {
        Serial.println("the network does not tell the time");
        return false;
    }
    return true;
}

static amp_status_t list(const char *group)
{
    amp_list_connections_t which = {};
    which.group_ref = amp_str(group);
    amp_status_t status = amp_list_connections_start(&device.client, &which, &device.connection);
    while (status >= 0 && (status = amp_next(&device.client)) == AMP_ITEM) {
        Serial.printf("%s %s is %s\n", device.connection.provider, device.connection.id, device.connection.status);
    }
    return status;
}

void setup()
{
    Serial.begin(115200);
    settings.begin("ampersand", false);
    Serial1.begin(115200, SERIAL_8N1, EXAMPLE_MODEM_RX, EXAMPLE_MODEM_TX);
    while (!modem.init()) {
        Serial.println("no answer from the modem");
        delay(1000);
    }
}

void loop()
{
    static const String apn = setting(settings, "apn");
    static const String project = setting(settings, "project");
    static const String api_key = setting(settings, "api_key");
    static const String group = setting(settings, "group");
    static amp_port_t tcp;
    amp_device_config_t config = {};
    amp_arduino_init(&tcp_state, &client, &tcp);
    tcp_state.connect = connect_in_time;
    config.project = project.c_str();
    config.api_key = api_key.c_str();
    config.anchors = roots;
    config.anchor_count = sizeof roots / sizeof roots[0];
    config.under = &tcp;
    amp_status_t status = AMP_ERR_NETWORK;
    if (go_online(apn.c_str())) {
        status = amp_device_open(&device, &config);
        status = status == AMP_OK ? list(group.c_str()) : status;
        if (status != AMP_END) {
            const amp_info_t *info = amp_client_info(&device.client);
            Serial.printf("%s (stage %s, code %ld)\n", amp_status_text(status), amp_stage_name(info->stage),
                          static_cast<long>(info->code));
        }
        amp_device_close(&device);
    }
    delay(status == AMP_END ? EXAMPLE_PERIOD_MS : EXAMPLE_RETRY_MS);
}
