// SPDX-License-Identifier: Apache-2.0
// The Idempotency-Key of a request: kept until the server has answered, so that a second tap, or a reload after
// the network broke, is the same request again.  Other content gets another key.

export interface Shelf {
	getItem(key: string): string | null;
	setItem(key: string, value: string): void;
	removeItem(key: string): void;
}

function hex(bytes: Uint8Array): string {
	return Array.prototype.map.call(bytes, (b: number) => (b < 16 ? '0' : '') + b.toString(16)).join('');
}

/** A random UUID (version 4); crypto.randomUUID is missing on old phones and on plain http. */
export function uuid(): string {
	const b = crypto.getRandomValues(new Uint8Array(16));

	b[6] = (b[6] & 0x0f) | 0x40;
	b[8] = (b[8] & 0x3f) | 0x80;
	const h = hex(b);
	return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}

export class RetryKeys {
	/** `shelf` outlives a reload: only for content without personal data. */
	constructor(private readonly shelf: Shelf, private readonly make: () => string = uuid) {}

	keyFor(what: string, content: string): string {
		const kept = this.shelf.getItem(`key.${what}`);

		if (kept) {
			const at = kept.indexOf(' ');

			if (kept.slice(at + 1) === content) {
				return kept.slice(0, at);
			}
		}
		const key = this.make();
		this.shelf.setItem(`key.${what}`, `${key} ${content}`);
		return key;
	}

	/** The server answered for good. */
	answered(what: string): void {
		this.shelf.removeItem(`key.${what}`);
	}
}

/** After these the same request may be asked again; anything else was an answer. */
export function mayRepeat(status: number): boolean {
	return status === 0 || status === 408 || status === 429 || status >= 500;
}

export class MemoryShelf implements Shelf {
	private readonly held = new Map<string, string>();

	getItem(key: string): string | null {
		const v = this.held.get(key);

		return v === undefined ? null : v;
	}
	setItem(key: string, value: string): void {
		this.held.set(key, value);
	}
	removeItem(key: string): void {
		this.held.delete(key);
	}
}
