// SPDX-License-Identifier: Apache-2.0
// One-time codes (RFC 6238) as a person's telephone shows them.

import crypto from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(text) {
	let bits = '';

	for (const c of text.replace(/=+$/, '').toUpperCase())
		bits += ALPHABET.indexOf(c).toString(2).padStart(5, '0');
	return Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
}

/** The code of a secret at an instant (seconds since 1970). */
export function code(secret, at = Date.now() / 1000) {
	const counter = Buffer.alloc(8);

	counter.writeBigUInt64BE(BigInt(Math.floor(at / 30)));
	const mac = crypto.createHmac('sha1', base32(secret)).update(counter).digest();
	const from = mac[19] & 15;

	return String((mac.readUInt32BE(from) & 0x7fffffff) % 1000000).padStart(6, '0');
}

const used = new Map();

/** A code this account has not used before: one step ahead counts too, a third within half a minute waits. */
export async function freshCode({ login, totp: secret }) {
	const step = () => Math.floor(Date.now() / 30000);
	const next = Math.max(step(), (used.get(login) ?? 0) + 1);

	while (step() + 1 < next)
		await new Promise((done) => setTimeout(done, 500));
	used.set(login, next);
	return code(secret, next * 30);
}
