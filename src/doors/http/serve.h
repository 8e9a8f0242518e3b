/* SPDX-License-Identifier: Apache-2.0 */
/* The service as a port for the command line. */
#ifndef CANBAO_DOORS_HTTP_SERVE_H
#define CANBAO_DOORS_HTTP_SERVE_H

#include "acts/serve_port.h"

extern const struct serve_port http_serve;

#endif
