/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/files/xlsx_zip.h"

#include <unistd.h>

static int damaged(const char *name, struct err *err)
{
	return err_set(err, FAULT_FORMAT,
		"%s：文件不完整或已损坏，请重新发送 / the file is incomplete or damaged: send it again",
		name);
}

/* A source over the same descriptor the digest was made from. */
static zip_source_t *source_of(const struct input *in)
{
	zip_error_t ze;
	zip_source_t *src;
	FILE *f;
	int fd;

	if (in->fd < 0)
		return zip_source_buffer_create(in->mem, in->size, 0, NULL);
	fd = dup(in->fd);
	f = fd < 0 ? NULL : fdopen(fd, "rb");
	if (!f) {
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	zip_error_init(&ze);
	src = zip_source_filep_create(f, 0, -1, &ze);
	if (!src)
		fclose(f);
	return src;
}

int xlsx_zip_open(struct xlsx_zip *z, const struct input *in, struct err *err)
{
	zip_source_t *src = source_of(in);
	zip_error_t ze;

	*z = (struct xlsx_zip){ .name = in->name };
	if (!src)
		return err_set(err, FAULT_MEMORY, "%s：内存不足 / out of memory", in->name);
	zip_error_init(&ze);
	z->za = zip_open_from_source(src, ZIP_RDONLY, &ze);
	if (!z->za) {
		zip_source_free(src);
		zip_error_fini(&ze);
		return damaged(in->name, err);
	}
	if (zip_get_num_entries(z->za, 0) > XLSX_ENTRIES_MAX) {
		xlsx_zip_release(z);
		return err_set(err, FAULT_LIMIT,
			"%s：压缩包内超过 %d 个条目 / more than %d entries", in->name,
			XLSX_ENTRIES_MAX, XLSX_ENTRIES_MAX);
	}
	return 0;
}

void xlsx_zip_release(struct xlsx_zip *z)
{
	if (z->za)
		zip_discard(z->za);
	z->za = NULL;
}

int xlsx_entry_open(
	struct xlsx_zip *z, const char *path, struct xlsx_entry *ret_entry, struct err *err)
{
	zip_int64_t at = zip_name_locate(z->za, path, 0);
	struct xlsx_entry e = { .zip = z };
	zip_stat_t st;

	if (at < 0)
		at = zip_name_locate(z->za, path, ZIP_FL_NOCASE);
	if (at < 0)
		return 0;
	if (zip_stat_index(z->za, (zip_uint64_t)at, 0, &st) != 0)
		return damaged(z->name, err);
	if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
		return err_set(err, FAULT_FORMAT, "%s：压缩包有密码 / the archive has a password",
			z->name);
	e.packed = st.valid & ZIP_STAT_COMP_SIZE ? st.comp_size : 0;
	e.size = st.valid & ZIP_STAT_SIZE ? st.size : 0;
	e.file = zip_fopen_index(z->za, (zip_uint64_t)at, 0);
	if (!e.file)
		return damaged(z->name, err);
	*ret_entry = e;
	return 1;
}

void xlsx_entry_close(struct xlsx_entry *e)
{
	if (e->file)
		zip_fclose(e->file);
	e->file = NULL;
}

static int bomb(const struct xlsx_zip *z, struct err *err)
{
	return err_set(err, FAULT_LIMIT,
		"%s：展开后大得不正常（压缩炸弹？），拒绝读取 / it inflates beyond all measure (a zip "
		"bomb?): refused",
		z->name);
}

int xlsx_entry_read(struct xlsx_entry *e, void *dst, size_t cap, size_t *ret_n, struct err *err)
{
	zip_int64_t n = zip_fread(e->file, dst, cap);

	if (n < 0)
		return damaged(e->zip->name, err);
	e->inflated += (uint64_t)n;
	e->zip->inflated += (uint64_t)n;
	if (e->zip->inflated > XLSX_INFLATED_MAX)
		return bomb(e->zip, err);
	if (e->inflated > XLSX_RATIO_FREE && e->inflated / XLSX_RATIO_MAX > e->packed)
		return bomb(e->zip, err);
	*ret_n = (size_t)n;
	return 0;
}
