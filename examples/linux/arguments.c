/* SPDX-License-Identifier: MIT */
/* The library reports a wrong argument by the name that the service uses. A user knows the option or the word
 * of the command instead. */
#include "arguments.h"

#include <string.h>

#include "commands.h"

/* The rule for a reference that is stored in a record. A reference that is only searched for may be longer.
 */
#define IN_DIGITS_(number) #number
#define IN_DIGITS(number) IN_DIGITS_(number)
#define REFERENCE "must be text of less than " IN_DIGITS(AMP_REF_SIZE) " bytes, and not empty"

/* The library's name of an argument, the option or word that sets it, and the rule for its value, if there is
 * one. With several rows for a name, the first row whose option or word the command has applies. */
static const struct {
    const char *field;
    const char *source;
    const char *rule;
} arguments[] = {
    {"base_url", "--url", "must be https://HOST[:PORT][/PREFIX]"},
    {"api_key", "--api-key-file", "(or AMP_API_KEY) has a character that is not allowed in a key"},
    {"project", "--project", NULL},
    {"projectIdOrName", "--project", NULL},
    {"connectionId", "--connection", NULL},
    {"connectionId", "CONNECTION", NULL},
    {"connectionId", "ID", NULL},
    {"integrationId", "INTEGRATION", NULL},
    {"installationId", "INSTALLATION", NULL},
    {"installationId", "ID", NULL},
    {"objectName", "OBJECT", NULL},
    {"operationId", "ID", NULL},
    {"provider", "--provider", NULL},
    {"provider", "PROVIDER", NULL},
    {"providerAppId", "--provider-app", NULL},
    {"groupRef", "--group", REFERENCE},
    {"consumerRef", "--consumer", REFERENCE},
    {"groupName", "--group-name", NULL},
    {"consumerName", "--consumer-name", NULL},
    {"providerMetadata", "--metadata", "has the same key twice, or text that is not UTF-8"},
    {"providerWorkspaceRef", "--workspace", REFERENCE},
    {"issuedAt", "--secret-file", "has an issuedAt that is not an RFC 3339 time"},
    {"expiresAt", "--secret-file", "has an expiresAt that is not an RFC 3339 time"},
};

static int has(const command_t *command, const char *source)
{
    for (int id = 0; id < OPT_COUNT; ++id) {
        if (((OPT_EVERYWHERE | command->takes) >> id & 1u) != 0 && strcmp(options[id].name, source) == 0) {
            return 1;
        }
    }
    for (unsigned i = 0; i < POSITIONALS_MAX && command->positionals[i] != NULL; ++i) {
        if (strcmp(command->positionals[i], source) == 0) {
            return 1;
        }
    }
    return 0;
}

void arguments_explain(cli_t *cli)
{
    failure_t *failure = &cli->failure;
    const char *source = failure->field;
    const char *rule = NULL;
    if ((failure->status != AMP_ERR_ARGUMENT && failure->status != AMP_ERR_CONFIG) ||
        failure->field == NULL || failure->text[0] != '\0') {
        return;
    }
    for (size_t i = sizeof arguments / sizeof arguments[0]; i-- > 0;) {
        if (strcmp(failure->field, arguments[i].field) == 0 && has(cli->args.command, arguments[i].source)) {
            source = arguments[i].source;
            rule = arguments[i].rule;
        }
    }
    failure_set(failure, failure->status, failure->field, "%s %s", source,
                rule != NULL ? rule : "is empty, or has characters that cannot be sent");
}
