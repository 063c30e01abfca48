// `erd`: the tables of a state and what refers to what, for a diagram.
#include <cstdlib>
#include <memory>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/git.h"
#include "compiler/driver/inputs.h"
#include "emitters/diagram/diagram.h"

namespace schemac {
namespace {

struct ErdOptions {
  std::string source;  // "" for the model of the project.
  std::string format = "mermaid";
  std::string out;
};

// A file that a program can read, gone with the object.
class TemporaryText {
 public:
  explicit TemporaryText(const std::string& text) {
    const int file = mkstemp(path_.data());
    if (file < 0) return;
    sound_ = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    close(file);
  }
  TemporaryText(const TemporaryText&) = delete;
  TemporaryText& operator=(const TemporaryText&) = delete;
  ~TemporaryText() { unlink(path_.c_str()); }
  [[nodiscard]] bool sound() const { return sound_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_ = "/tmp/schemac-erd-XXXXXX";
  bool sound_ = false;
};

// Graphviz draws; nullopt, with a diagnostic, where it is not installed.
std::optional<std::string> DrawSvg(Context& context, const std::string& dot) {
  const TemporaryText text(dot);
  if (!text.sound()) {
    context.Fail(DiagnosticKind::InputOutput, "cannot write a temporary file for Graphviz");
    return std::nullopt;
  }
  const ErrorOr<std::string> svg = RunProgram({"dot", "-Tsvg", text.path()});
  if (svg) return *svg;
  context.Fail(svg.error().kind, svg.error().message,
               "install Graphviz (Debian: graphviz), or take --format dot or mermaid");
  return std::nullopt;
}

std::optional<State> ReadState(Context& context, const std::string& source) {
  std::optional<Reading> reading;
  if (source.empty()) {
    const std::optional<Project> project = OpenProject(context);
    if (!project) return std::nullopt;
    reading = PrepareModel(context, *project);
  } else {
    reading = PrepareState(context, source);
  }
  return reading ? (*reading)(context.sink) : std::nullopt;
}

void PrintDiagram(Context& context, const ErdOptions& options) {
  const std::optional<State> state = ReadState(context, options.source);
  if (!state) return;
  std::optional<std::string> text;
  if (options.format == "mermaid") {
    text = emitters::MermaidDiagram(state->catalog);
  } else {
    text = emitters::DotDiagram(state->catalog);
    if (options.format == "svg") text = DrawSvg(context, *text);
  }
  if (!text) return;
  if (options.out.empty()) {
    context.out << *text;
    return;
  }
  if (const auto written = context.files.WriteAll({{options.out, *text}}); !written) {
    context.Fail(written.error());
    return;
  }
  context.out << "wrote " << options.out << "\n";
}

}  // namespace

void AddErd(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("erd", "Draw the tables and what refers to what");
  auto options = std::make_shared<ErdOptions>();
  command->add_option("source", options->source,
                      "What to draw, as diff takes it: file, folder, revision, … (default: the model)");
  command->add_option("--format", options->format, "mermaid, dot, or svg (by Graphviz)")
      ->check(CLI::IsMember({"mermaid", "dot", "svg"}));
  command->add_option("--out", options->out, "Write to this file");
  command->callback(
      [&action, options] { action = [options](Context& context) { PrintDiagram(context, *options); }; });
}

}  // namespace schemac
