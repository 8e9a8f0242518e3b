/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/files/out_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUF_CAP (256u * 1024u)

static int fail(const struct out_file *f, const char *what_zh, const char *what, struct err *err)
{
	return err_set(err, FAULT_IO, "%s：%s / %s: %s", f->path, what_zh, what, strerror(errno));
}

int out_file_open(struct out_file *f, const char *path, struct err *err)
{
	int rc;

	*f = (struct out_file){ .fd = -1, .path = strdup(path), .buf = malloc(BUF_CAP) };
	if (!f->path || !f->buf || asprintf(&f->temp, "%s.XXXXXX", path) < 0) {
		f->temp = NULL;
		out_file_release(f);
		return err_set(err, FAULT_MEMORY, "内存不足 / out of memory");
	}
	f->fd = mkostemp(f->temp, O_CLOEXEC);
	if (f->fd < 0) {
		rc = fail(f, "无法创建文件", "cannot create the file", err);
		free(f->temp);
		f->temp = NULL;
		out_file_release(f);
		return rc;
	}
	return 0;
}

static int write_all(struct out_file *f, const char *p, size_t n, struct err *err)
{
	ssize_t done;

	while (n) {
		done = write(f->fd, p, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return fail(f, "写入失败", "cannot write", err);
		p += done;
		n -= (size_t)done;
	}
	return 0;
}

static int flush(struct out_file *f, struct err *err)
{
	size_t n = f->n;

	f->n = 0;
	return write_all(f, f->buf, n, err);
}

int out_file_write(struct out_file *f, struct str bytes, struct err *err)
{
	int rc;

	if (bytes.n > BUF_CAP - f->n) {
		rc = flush(f, err);
		if (rc < 0)
			return rc;
	}
	if (bytes.n > BUF_CAP)
		return write_all(f, bytes.p, bytes.n, err);
	if (bytes.n)
		memcpy(f->buf + f->n, bytes.p, bytes.n);
	f->n += bytes.n;
	return 0;
}

static int sync_folder(const struct out_file *f, struct err *err)
{
	const char *slash = strrchr(f->path, '/');
	char *folder = slash ? strndup(f->path, (size_t)(slash - f->path) + 1) : strdup(".");
	int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	int rc = fd < 0 || fsync(fd) != 0 ? fail(f, "无法落盘", "cannot sync the folder", err) : 0;

	if (fd >= 0)
		close(fd);
	free(folder);
	return rc;
}

int out_file_commit(struct out_file *f, struct err *err)
{
	int rc = flush(f, err);

	if (rc < 0)
		return rc;
	/* mkstemp makes it 0600; a table is as readable as any other file of its folder. */
	if (fchmod(f->fd, 0640) != 0 || fsync(f->fd) != 0)
		return fail(f, "无法落盘", "cannot sync", err);
	if (rename(f->temp, f->path) != 0)
		return fail(f, "无法改名就位", "cannot rename into place", err);
	free(f->temp);
	f->temp = NULL;
	return sync_folder(f, err);
}

void out_file_release(struct out_file *f)
{
	if (f->fd >= 0)
		close(f->fd);
	if (f->temp)
		unlink(f->temp);
	free(f->temp);
	free(f->path);
	free(f->buf);
	*f = (struct out_file){ .fd = -1 };
}
