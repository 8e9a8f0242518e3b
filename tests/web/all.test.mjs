// SPDX-License-Identifier: Apache-2.0
// All scenarios, one after the other, in one browser against one service:
//     node --test tests/web/all.test.mjs        after npm ci in tests/web and a build in build/
// CANBAO_BIN and CANBAO_SIM name other programs; CANBAO_WEB_SHOTS a folder for pictures of what failed.

import './resident.mjs';
import './console.mjs';
import './pages.mjs';
