/*
 * Records what a process asks of the disk, and whom it thanks, in one order; LD_PRELOAD puts it before the C library. Of files under
 * POWERCUT_DIR every opening, write, truncation, removal, renaming and sync goes to POWERCUT_LOG, as do the marks in
 * "303 /visit/<mark>/thanks" on a socket. A sync is recorded when it has ended, and covers what was recorded before it began; thanks
 * are recorded before they leave. So the power may be cut at any place of the recording.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST 65536
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static int out = -1;
static uint64_t steps, inodes[MOST]; /* of open files that are followed; else 0 */

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define INODE(fd) ((fd) >= 0 && (fd) < MOST ? inodes[fd] : 0)
#define IN_TURN(statements) do { pthread_mutex_lock(&turn); statements; pthread_mutex_unlock(&turn); } while (0)

__attribute__((constructor)) static void begin(void) {
  const char *log = getenv("POWERCUT_LOG");
  folder = getenv("POWERCUT_DIR");
  if (folder && log) out = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* A step: kind, inode, two numbers, length of the bytes, the bytes. */
static void step(char kind, uint64_t inode, uint64_t a, uint64_t b, const void *bytes, uint32_t length) {
  char head[29] = {kind};
  memcpy(head + 1, &inode, 8), memcpy(head + 9, &a, 8), memcpy(head + 17, &b, 8), memcpy(head + 25, &length, 4);
  struct iovec parts[] = {{head, sizeof head}, {(void *)bytes, length}};
  if (syscall(SYS_writev, out, parts, 2) != (long)(sizeof head + length)) abort(); /* half a recording proves nothing */
  steps++;
}

static int isOurs(const char *path) { return out >= 0 && path && !strncmp(path, folder, strlen(folder)); }

static void opened(int fd, const char *path, int flags, int wasThere) {
  struct stat found;
  if (fd < 0 || fd >= MOST || fstat(fd, &found)) return;
  inodes[fd] = found.st_ino;
  if (!wasThere) step('C', found.st_ino, 0, 0, path, strlen(path));
  step('O', found.st_ino, S_ISDIR(found.st_mode), 0, path, strlen(path));
  if (flags & O_TRUNC) step('T', found.st_ino, 0, 0, "", 0);
}

#define OPEN(name, DECLARED, PASSED) \
  int name DECLARED { \
    REAL(name); \
    int fd; \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
    if (!isOurs(path)) return real PASSED; \
    IN_TURN(int wasThere = !access(path, F_OK); fd = real PASSED; opened(fd, path, flags, wasThere)); \
    return fd; \
  }
OPEN(open, (const char *path, int flags, ...), (path, flags, mode))
OPEN(open64, (const char *path, int flags, ...), (path, flags, mode))
OPEN(openat, (int at, const char *path, int flags, ...), (at, path, flags, mode))
OPEN(openat64, (int at, const char *path, int flags, ...), (at, path, flags, mode))

int close(int fd) {
  REAL(close);
  if (INODE(fd)) IN_TURN(inodes[fd] = 0);
  return real(fd);
}

/* Marks of visits in answers that thank. */
static void note(const char *bytes, size_t length) {
  if (out < 0 || length < 12 || memcmp(bytes, "HTTP/1.1 303", 12)) return;
  for (const char *at = bytes; (at = memmem(at, length - (at - bytes), "/thanks\r\n", 9)); at++) {
    const char *mark = memrchr(bytes, '/', at - bytes);
    if (mark) IN_TURN(step('A', 0, 0, 0, mark + 1, at - mark - 1));
  }
}

#define WRITE(name, DECLARED, PASSED, AT) \
  ssize_t name DECLARED { \
    REAL(name); \
    ssize_t done; \
    if (!INODE(fd)) { note(bytes, length); return real PASSED; } \
    IN_TURN(uint64_t at = AT; done = real PASSED; if (done > 0) step('W', inodes[fd], at, 0, bytes, done)); \
    return done; \
  }
WRITE(write, (int fd, const void *bytes, size_t length), (fd, bytes, length), lseek(fd, 0, SEEK_CUR))
WRITE(pwrite, (int fd, const void *bytes, size_t length, off_t offset), (fd, bytes, length, offset), offset)
WRITE(pwrite64, (int fd, const void *bytes, size_t length, off64_t offset), (fd, bytes, length, offset), offset)

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(writev);
  if (INODE(fd)) abort(); /* neither SQLite nor Node writes files so; if they begin to, the recording would miss it */
  for (int part = 0; part < count; part++) note(parts[part].iov_base, parts[part].iov_len);
  return real(fd, parts, count);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  REAL(sendmsg);
  for (size_t part = 0; part < message->msg_iovlen; part++)
    note(message->msg_iov[part].iov_base, message->msg_iov[part].iov_len);
  return real(fd, message, flags);
}

#define SYNC(name) \
  int name(int fd) { \
    REAL(name); \
    uint64_t inode = INODE(fd), covered; \
    if (!inode) return real(fd); \
    IN_TURN(covered = steps); \
    int failed = real(fd); \
    if (!failed) IN_TURN(step('S', inode, covered, 0, "", 0)); \
    return failed; \
  }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, offset) \
  int name(int fd, offset length) { \
    REAL(name); \
    int failed; \
    if (!INODE(fd)) return real(fd, length); \
    IN_TURN(failed = real(fd, length); if (!failed) step('T', inodes[fd], length, 0, "", 0)); \
    return failed; \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int unlink(const char *path) {
  REAL(unlink);
  int failed;
  if (!isOurs(path)) return real(path);
  IN_TURN(failed = real(path); if (!failed) step('U', 0, 0, 0, path, strlen(path)));
  return failed;
}

int rename(const char *from, const char *to) {
  REAL(rename);
  int failed;
  if (!isOurs(from) && !isOurs(to)) return real(from, to);
  char both[8192];
  int length = snprintf(both, sizeof both, "%s\n%s", from, to);
  IN_TURN(failed = real(from, to); if (!failed) step('R', 0, 0, 0, both, length));
  return failed;
}
