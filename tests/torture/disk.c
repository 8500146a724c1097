/* Preloaded into a program under test: a disk that can be slow, full, and that remembers what was synced.
   TORTURE_CONTROL: a file of three 32-bit numbers, mapped: full (writes fail with ENOSPC), milliseconds added
   to every sync, unused. TORTURE_PREFIX: only files below it. TORTURE_SHADOW: a folder that holds, for every
   watched file (office.db, its -wal, *.jsonl), what a loss of power would certainly leave: the bytes as they
   were at the last fsync. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define FILES 32
#define RANGES 512

struct control { int32_t full, slow_ms, unused; };
struct range { off_t from, to; };
struct watched { dev_t dev; ino_t ino; int shadow, n; struct range dirty[RANGES]; };

static struct watched table[FILES];
static int used;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct control *control;
static struct control calm;

static struct control *told(void) {
  if (control) return control;
  const char *path = getenv("TORTURE_CONTROL");
  int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
  if (fd < 0) return &calm;
  void *page = mmap(NULL, sizeof(struct control), PROT_READ, MAP_SHARED, fd, 0);
  close(fd);
  if (page == MAP_FAILED) return &calm;
  return control = page;
}

static int path_of(int fd, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t got = readlink(link, path, size - 1);
  if (got <= 0) return 0;
  path[got] = 0;
  const char *prefix = getenv("TORTURE_PREFIX");
  return prefix && strncmp(path, prefix, strlen(prefix)) == 0;
}

static int ends(const char *text, const char *end) {
  size_t a = strlen(text), b = strlen(end);
  return a >= b && strcmp(text + a - b, end) == 0;
}

static int is_watched(const char *path) {
  return ends(path, "/office.db") || ends(path, "/office.db-wal") || ends(path, ".jsonl");
}

static void shadow_of(const char *path, char *out, size_t size) {
  const char *base = strrchr(path, '/');
  snprintf(out, size, "%s/%s", getenv("TORTURE_SHADOW"), base ? base + 1 : path);
}

static struct watched *find(int fd) {
  struct stat st;
  char path[1024], shadow[1200];
  if (!getenv("TORTURE_SHADOW") || fstat(fd, &st) || !S_ISREG(st.st_mode)) return NULL;
  for (int i = 0; i < used; i++)
    if (table[i].ino == st.st_ino && table[i].dev == st.st_dev) return &table[i];
  if (!path_of(fd, path, sizeof path) || !is_watched(path)) return NULL;
  if (used == FILES) abort();
  struct watched *w = &table[used++];
  w->dev = st.st_dev, w->ino = st.st_ino, w->n = 0;
  shadow_of(path, shadow, sizeof shadow);
  w->shadow = open(shadow, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  return w;
}

static void dirty(int fd, off_t from, off_t to) {
  pthread_mutex_lock(&lock);
  struct watched *w = find(fd);
  if (w) {
    int i = 0;
    for (; i < w->n; i++)
      if (from <= w->dirty[i].to && to >= w->dirty[i].from) break;
    if (i == w->n && w->n < RANGES) w->dirty[w->n++] = (struct range){from, to};
    else {
      if (i == w->n) i = w->n - 1;
      if (from < w->dirty[i].from) w->dirty[i].from = from;
      if (to > w->dirty[i].to) w->dirty[i].to = to;
    }
  }
  pthread_mutex_unlock(&lock);
}

static int full(int fd) {
  char path[1024];
  struct stat st;
  return told()->full && !fstat(fd, &st) && S_ISREG(st.st_mode) && path_of(fd, path, sizeof path);
}

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static ssize_t put_at(ssize_t (*real)(int, const void *, size_t, off_t), int fd, const void *b, size_t n, off_t at) {
  if (full(fd)) {
    if (n > 1024) n /= 2; /* what the last free block takes, then no more */
    else return errno = ENOSPC, -1;
  }
  ssize_t done = real(fd, b, n, at);
  if (done > 0) dirty(fd, at, at + done);
  return done;
}

ssize_t pwrite(int fd, const void *b, size_t n, off_t at) {
  REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
  return put_at(real, fd, b, n, at);
}

ssize_t pwrite64(int fd, const void *b, size_t n, off_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off_t);
  return put_at(real, fd, b, n, at);
}

ssize_t write(int fd, const void *b, size_t n) {
  REAL(ssize_t, "write", int, const void *, size_t);
  if (full(fd)) return errno = ENOSPC, -1;
  ssize_t done = real(fd, b, n);
  if (done > 0) {
    off_t end = lseek(fd, 0, SEEK_CUR);
    if (end >= done) dirty(fd, end - done, end);
  }
  return done;
}

static void copy_out(struct watched *w, const char *bytes, const struct range *r, int n, off_t size) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off_t);
  for (int i = 0; i < n; i++) {
    if (real(w->shadow, bytes, r[i].to - r[i].from, r[i].from) < 0) abort();
    bytes += r[i].to - r[i].from;
  }
  if (ftruncate(w->shadow, size)) abort();
}

static int synced(int (*real)(int), int fd) {
  int slow = told()->slow_ms;
  struct timespec pause = {slow / 1000, (slow % 1000) * 1000000L};
  struct range r[RANGES];
  struct stat st;
  int n = 0;
  char *bytes = NULL;
  pthread_mutex_lock(&lock);
  struct watched *w = find(fd);
  if (w && w->shadow >= 0) {
    size_t all = 0, done = 0;
    n = w->n, w->n = 0;
    memcpy(r, w->dirty, sizeof(struct range) * n);
    for (int i = 0; i < n; i++) all += r[i].to - r[i].from;
    bytes = malloc(all + 1);
    int from = fd, own = -1;
    for (int i = 0; i < n; i++) {
      ssize_t got = pread(from, bytes + done, r[i].to - r[i].from, r[i].from);
      if (got < 0 && errno == EBADF && own < 0) { /* opened for writing only: no lock can be lost by this */
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        from = own = open(link, O_RDONLY | O_CLOEXEC);
        got = pread(from, bytes + done, r[i].to - r[i].from, r[i].from);
      }
      if (got < 0) got = 0;
      r[i].to = r[i].from + got;
      done += got;
    }
    if (own >= 0) close(own);
    fstat(fd, &st);
  }
  pthread_mutex_unlock(&lock);
  if (slow > 0) nanosleep(&pause, NULL);
  int failed = real(fd);
  if (w && w->shadow >= 0 && !failed) {
    pthread_mutex_lock(&lock);
    copy_out(w, bytes, r, n, st.st_size);
    pthread_mutex_unlock(&lock);
  }
  free(bytes);
  return failed;
}

int fsync(int fd) {
  REAL(int, "fsync", int);
  return synced(real, fd);
}

int fdatasync(int fd) {
  REAL(int, "fdatasync", int);
  return synced(real, fd);
}

/* libfaketime, which comes after this library, answers EINVAL to a sleep until a monotonic instant. */
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *until, struct timespec *left) {
  return syscall(SYS_clock_nanosleep, clock, flags, until, left) ? errno : 0;
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  struct stat st;
  char shadow[1200];
  int there = stat(path, &st) == 0, failed = real(path);
  if (!failed && there && getenv("TORTURE_SHADOW") && is_watched(path)) {
    pthread_mutex_lock(&lock);
    for (int i = 0; i < used; i++)
      if (table[i].ino == st.st_ino && table[i].dev == st.st_dev) {
        close(table[i].shadow);
        table[i] = table[--used];
        break;
      }
    shadow_of(path, shadow, sizeof shadow);
    real(shadow);
    pthread_mutex_unlock(&lock);
  }
  return failed;
}
