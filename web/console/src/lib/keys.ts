// SPDX-License-Identifier: Apache-2.0
// Idempotency keys: sending the same form again (a lost answer, a second click, a renewed log-in)
// must carry the same key; another content must not.

/** Not crypto.randomUUID: that one exists only behind https, and counties test without. */
export function randomKey(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

export class KeyRing {
	private content = '';
	private key = '';

	keyFor(body: unknown): string {
		const content = JSON.stringify(body);
		if (content !== this.content || !this.key) {
			this.content = content;
			this.key = randomKey();
		}
		return this.key;
	}

	/** It was done: the next one is another, even with equal content. */
	done(): void {
		this.key = '';
		this.content = '';
	}
}
