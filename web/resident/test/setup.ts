// SPDX-License-Identifier: Apache-2.0
// Node 18 keeps the browser's crypto in a module.
import { webcrypto } from 'node:crypto';

if (!('crypto' in globalThis)) {
	Object.defineProperty(globalThis, 'crypto', { value: webcrypto });
}
