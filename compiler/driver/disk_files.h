// Files on the machine's disk.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/files.h"

namespace schemac {

class DiskFiles final : public Files {
 public:
  [[nodiscard]] Kind KindOf(const std::string& path) const override;
  [[nodiscard]] ErrorOr<std::string> Read(const std::string& path) const override;
  [[nodiscard]] ErrorOr<std::vector<std::string>> List(const std::string& folder) const override;
  [[nodiscard]] ErrorOr<std::monostate> WriteAll(const Texts& texts) override;
  [[nodiscard]] ErrorOr<std::monostate> Remove(const std::vector<std::string>& paths) override;
  [[nodiscard]] ErrorOr<std::monostate> MakeFolder(const std::string& path) override;
  [[nodiscard]] ErrorOr<std::monostate> Enter(const std::string& folder) override;
  [[nodiscard]] std::string Current() const override;
};

}  // namespace schemac
