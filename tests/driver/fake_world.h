// A world without a disk for the driver's tests.
#pragma once

#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "compiler/driver/files.h"
#include "compiler/driver/run.h"

namespace schemac {

class FakeFiles final : public Files {
 public:
  std::map<std::string, std::string> texts;  // By path from the root, without a leading slash.
  std::set<std::string> folders;
  bool full = false;  // The disk takes nothing more.

  [[nodiscard]] Kind KindOf(const std::string& path) const override {
    const std::string full_path = Normal(path);
    if (texts.contains(full_path)) return Kind::File;
    if (full_path.empty() || folders.contains(full_path)) return Kind::Folder;
    const auto inner = texts.lower_bound(full_path + "/");
    return inner != texts.end() && inner->first.starts_with(full_path + "/") ? Kind::Folder : Kind::Missing;
  }
  [[nodiscard]] ErrorOr<std::string> Read(const std::string& path) const override {
    const auto found = texts.find(Normal(path));
    if (found == texts.end())
      return Error{"cannot read \"" + path + "\"", DiagnosticKind::InputOutput, {}, 1, ""};
    return found->second;
  }
  [[nodiscard]] ErrorOr<std::vector<std::string>> List(const std::string& folder) const override {
    const std::string prefix = Normal(folder).empty() ? "" : Normal(folder) + "/";
    std::set<std::string> names;
    for (const auto& [path, text] : texts) {
      if (path.starts_with(prefix))
        names.insert(path.substr(prefix.size(), path.find('/', prefix.size()) - prefix.size()));
    }
    return std::vector<std::string>(names.begin(), names.end());
  }
  [[nodiscard]] ErrorOr<std::monostate> WriteAll(const Texts& written) override {
    if (full) return Error{"no space left on device", DiagnosticKind::InputOutput, {}, 1, ""};
    for (const auto& [path, text] : written) texts[Normal(path)] = text;
    return std::monostate();
  }
  [[nodiscard]] ErrorOr<std::monostate> Remove(const std::vector<std::string>& paths) override {
    for (const std::string& path : paths) texts.erase(Normal(path));
    return std::monostate();
  }
  [[nodiscard]] ErrorOr<std::monostate> MakeFolder(const std::string& path) override {
    folders.insert(Normal(path));
    return std::monostate();
  }
  [[nodiscard]] ErrorOr<std::monostate> Enter(const std::string& folder) override {
    if (KindOf(folder) != Kind::Folder)
      return Error{"cannot enter \"" + folder + "\"", DiagnosticKind::InputOutput, {}, 1, ""};
    current_ = Normal(folder);
    return std::monostate();
  }
  [[nodiscard]] std::string Current() const override { return "/" + current_; }

 private:
  [[nodiscard]] std::string Normal(const std::string& path) const {
    std::vector<std::string> parts;
    std::stringstream stream(path.starts_with('/') ? path : current_ + "/" + path);
    for (std::string part; std::getline(stream, part, '/');) {
      if (part == "..") {
        if (!parts.empty()) parts.pop_back();
      } else if (!part.empty() && part != ".") {
        parts.push_back(part);
      }
    }
    std::string normal;
    for (const std::string& part : parts) normal += (normal.empty() ? "" : "/") + part;
    return normal;
  }

  std::string current_;
};

// One run of the program and what came of it.
struct Outcome {
  int exit_code = 0;
  std::string out;
  std::string err;
};

class FakeWorld {
 public:
  FakeFiles files;
  std::string input;
  bool interactive = false;

  Outcome Run(std::vector<std::string> arguments) {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    Environment environment{files, in, out, err, interactive, false};
    const int exit_code = schemac::Run(std::move(arguments), environment);
    return {exit_code, out.str(), err.str()};
  }
  // A project with this model and no revision.
  void Project(const std::string& model) {
    files.texts["schemac.toml"] = "model = \"schema\"\n";
    files.texts["schema/app.schema"] = model;
  }
};

}  // namespace schemac
