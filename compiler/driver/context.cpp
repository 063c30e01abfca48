#include "compiler/driver/context.h"

#include <utility>

namespace schemac {

bool Context::Fail(const Error& error) { return Fail(error.kind, error.message, error.fix); }

bool Context::Fail(DiagnosticKind kind, std::string message, std::string fix) {
  sink.Report(Diagnostic(kind, Span{}, std::move(message)).Fix(std::move(fix)));
  return false;
}

bool Context::FailIn(SourceId source, const Error& error) {
  const auto begin = static_cast<std::uint32_t>(error.offset.value_or(0));
  const auto length = static_cast<std::uint32_t>(error.offset ? error.length : 0);
  sink.Report(Diagnostic(error.kind, Span{source, begin, begin + length}, error.message).Fix(error.fix));
  return false;
}

std::optional<SourceId> Context::Load(const std::string& path) {
  ErrorOr<std::string> text = files.Read(path);
  if (!text) {
    Fail(text.error());
    return std::nullopt;
  }
  return sources.Add(path, *std::move(text));
}

void Context::Say(std::string_view text) { environment.err << text << '\n'; }

}  // namespace schemac
