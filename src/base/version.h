/* SPDX-License-Identifier: Apache-2.0 */
/* The program's version, as `canbao --version` and the service tell it. */
#ifndef CANBAO_BASE_VERSION_H
#define CANBAO_BASE_VERSION_H

#define CANBAO_VERSION "0.1.0"

#endif
