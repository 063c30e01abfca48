// Where the program reads and writes. Commands see this interface only, so that tests need no disk.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/support/error_or.h"

namespace schemac {

class Files {
 public:
  enum class Kind { Missing, File, Folder };
  // Path and contents.
  using Texts = std::vector<std::pair<std::string, std::string>>;

  Files() = default;
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  virtual ~Files() = default;

  [[nodiscard]] virtual Kind KindOf(const std::string& path) const = 0;
  [[nodiscard]] virtual ErrorOr<std::string> Read(const std::string& path) const = 0;
  // The names in a folder, sorted by bytes.
  [[nodiscard]] virtual ErrorOr<std::vector<std::string>> List(const std::string& folder) const = 0;
  // Writes all of them or none: each to a temporary name in its folder first, flushed to the disk, then
  // renamed. Folders that are missing are made.
  [[nodiscard]] virtual ErrorOr<std::monostate> WriteAll(const Texts& texts) = 0;
  // Removes files; one that is missing is no error.
  [[nodiscard]] virtual ErrorOr<std::monostate> Remove(const std::vector<std::string>& paths) = 0;
  [[nodiscard]] virtual ErrorOr<std::monostate> MakeFolder(const std::string& path) = 0;
  // Paths are relative to this folder from now on.
  [[nodiscard]] virtual ErrorOr<std::monostate> Enter(const std::string& folder) = 0;
  // The folder that relative paths start from, absolute.
  [[nodiscard]] virtual std::string Current() const = 0;
};

// `folder/name`; `name` alone when `folder` is "" or "." or `name` is absolute.
std::string JoinPath(const std::string& folder, const std::string& name);
// "" when there is none.
std::string FolderOf(const std::string& path);
// The last part of a path.
std::string NameOf(const std::string& path);

}  // namespace schemac
