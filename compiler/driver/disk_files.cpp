#include "compiler/driver/disk_files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace schemac {
namespace {

namespace fs = std::filesystem;

// The front end counts bytes in 32 bits; a schema of this size is a mistake anyway.
constexpr std::size_t kLargestFile = std::size_t{1} << 30;

Error InputOutput(const std::string& doing, const std::string& path, const std::string& why) {
  Error error;
  error.message = fmt::format("cannot {} \"{}\": {}", doing, path, why);
  error.kind = DiagnosticKind::InputOutput;
  return error;
}

std::string Reason(int code) { return std::generic_category().message(code); }

// Closes on every way out.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  [[nodiscard]] int get() const { return number_; }
  int Close() { return close(std::exchange(number_, -1)); }

 private:
  int number_;
};

// 0, or the errno of what failed.
int WriteText(const std::string& path, const std::string& text) {
  Descriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (file.get() < 0) return errno;
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t count = write(file.get(), text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    written += static_cast<std::size_t>(count);
  }
  return file.Close() == 0 ? 0 : errno;
}

// Waits until the file has reached the disk. 0, or the errno of what failed.
int Flush(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  // A umask may forbid us to open what we made; then it is not waited for.
  if (file.get() < 0) return errno == EACCES ? 0 : errno;
  return fsync(file.get()) == 0 || errno == EINVAL || errno == EROFS ? 0 : errno;
}

// What is no regular file (a terminal, /dev/null, a pipe) is written to, not replaced.
bool IsSpecial(const std::string& path) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

// A file on its way: written under a temporary name, then given its own; what stood there is kept until all
// have arrived.
struct Pending {
  std::string path;
  std::string temporary;
  std::string former;  // Where the old contents wait; "" when there were none.
  bool placed = false;
};

void TakeBack(const std::vector<Pending>& files) {
  for (const Pending& file : files) {
    unlink(file.temporary.c_str());
    if (file.placed) unlink(file.path.c_str());
    if (!file.former.empty()) std::rename(file.former.c_str(), file.path.c_str());
  }
}

// Sets what stands there aside, by a second name or, where links are not allowed, as a copy. 0, or the errno
// of what failed.
int KeepFormer(Pending& file) {
  const std::string former = file.temporary + ".old";
  if (link(file.path.c_str(), former.c_str()) != 0) {
    std::error_code failure;
    fs::copy_file(file.path, former, failure);
    if (failure) {
      unlink(former.c_str());
      return failure.value();
    }
  }
  file.former = former;
  return 0;
}

// 0, or the errno of what failed.
int Place(Pending& file) {
  struct stat status = {};
  if (stat(file.path.c_str(), &status) == 0) {
    // The new file keeps the old one's permissions.
    chmod(file.temporary.c_str(), status.st_mode & 07777U);
    if (const int code = KeepFormer(file); code != 0) return code;
  }
  if (std::rename(file.temporary.c_str(), file.path.c_str()) != 0) return errno;
  file.placed = true;
  return 0;
}

}  // namespace

Files::Kind DiskFiles::KindOf(const std::string& path) const {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (!fs::exists(status)) return Kind::Missing;
  return fs::is_directory(status) ? Kind::Folder : Kind::File;
}

ErrorOr<std::string> DiskFiles::Read(const std::string& path) const {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return InputOutput("read", path, Reason(errno));
  std::string text;
  struct stat status {};
  // A hint: what is no plain file has no size, and a file may grow.
  if (fstat(file.get(), &status) == 0 && status.st_size > 0)
    text.reserve(std::min(static_cast<std::size_t>(status.st_size), kLargestFile));
  std::array<char, 1 << 16> buffer{};
  while (true) {
    const ssize_t count = read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return InputOutput("read", path, Reason(errno));
    if (count == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(count));
    if (text.size() > kLargestFile) return InputOutput("read", path, "it is larger than 1 GiB");
  }
}

ErrorOr<std::vector<std::string>> DiskFiles::List(const std::string& folder) const {
  std::error_code failure;
  std::vector<std::string> names;
  fs::directory_iterator entry(folder.empty() ? "." : folder, failure);
  for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
    names.push_back(entry->path().filename().string());
  }
  if (failure) return InputOutput("read the folder", folder, failure.message());
  std::sort(names.begin(), names.end());
  return names;
}

ErrorOr<std::monostate> DiskFiles::WriteAll(const Texts& texts) {
  std::vector<Pending> pending;
  const auto fail = [&](const std::string& path, int code) -> ErrorOr<std::monostate> {
    TakeBack(pending);
    return InputOutput("write", path, Reason(code));
  };
  for (const auto& [path, text] : texts) {
    if (IsSpecial(path)) {
      if (const int code = WriteText(path, text); code != 0) return fail(path, code);
      continue;
    }
    if (const std::string folder = FolderOf(path); !folder.empty()) {
      if (ErrorOr<std::monostate> made = MakeFolder(folder); !made) {
        TakeBack(pending);
        return made;
      }
    }
    pending.push_back({path, fmt::format("{}.{}.tmp", path, getpid()), "", false});
    if (const int code = WriteText(pending.back().temporary, text); code != 0) return fail(path, code);
  }
  // Only now that all are written: flushing the first takes most of the others along.
  for (const Pending& file : pending) {
    if (const int code = Flush(file.temporary); code != 0) return fail(file.path, code);
  }
  for (Pending& file : pending) {
    if (const int code = Place(file); code != 0) return fail(file.path, code);
  }
  for (const Pending& file : pending) {
    if (!file.former.empty()) unlink(file.former.c_str());
  }
  return std::monostate();
}

ErrorOr<std::monostate> DiskFiles::Remove(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    if (unlink(path.c_str()) != 0 && errno != ENOENT) return InputOutput("remove", path, Reason(errno));
  }
  return std::monostate();
}

ErrorOr<std::monostate> DiskFiles::MakeFolder(const std::string& path) {
  std::error_code failure;
  fs::create_directories(path, failure);
  if (failure) return InputOutput("make the folder", path, failure.message());
  return std::monostate();
}

ErrorOr<std::monostate> DiskFiles::Enter(const std::string& folder) {
  if (chdir(folder.c_str()) != 0) return InputOutput("enter", folder, Reason(errno));
  return std::monostate();
}

std::string DiskFiles::Current() const {
  std::error_code failure;
  const fs::path current = fs::current_path(failure);
  return failure ? "." : current.string();
}

}  // namespace schemac
