// SPDX-License-Identifier: Apache-2.0
// Photographs are made smaller on the phone before they travel: a paper is readable at 2,000 pixels.

export const SIDE_MAX = 2000;
export const BYTES_MAX = 8 * 1024 * 1024;
const SMALL_ENOUGH = 900 * 1024;
export const MEDIA = ['image/jpeg', 'image/png', 'application/pdf'];

/** The size to draw at; never larger than it was. */
export function fitted(width: number, height: number, side = SIDE_MAX): { width: number; height: number } {
	const long = Math.max(width, height);

	if (long <= side) {
		return { width, height };
	}
	return {
		width: Math.max(1, Math.round((width * side) / long)),
		height: Math.max(1, Math.round((height * side) / long)),
	};
}

function asBlob(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
	return new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality));
}

/** A smaller JPEG of a large one, or the file as it is when it is small, no photograph, or the browser cannot. */
export async function smaller(file: Blob): Promise<Blob> {
	if (file.type !== 'image/jpeg' || file.size <= SMALL_ENOUGH || typeof createImageBitmap !== 'function') {
		return file;
	}
	try {
		const bitmap = await createImageBitmap(file);
		const size = fitted(bitmap.width, bitmap.height);
		const canvas = document.createElement('canvas');

		canvas.width = size.width;
		canvas.height = size.height;
		const pen = canvas.getContext('2d');
		if (!pen) {
			return file;
		}
		pen.drawImage(bitmap, 0, 0, size.width, size.height);
		const out = await asBlob(canvas, 0.82);
		return out && out.size < file.size ? out : file;
	} catch (e) {
		return file;
	}
}
