#include "compiler/format/format.h"

#include "compiler/format/lines.h"
#include "compiler/format/writer.h"
#include "compiler/parse/outline.h"

namespace schemac {

std::optional<std::string> Format(SourceId source, const Sources& sources, DiagnosticSink& sink) {
  const auto pieces = parse::Outline(source, sources, sink);
  if (!pieces) return std::nullopt;
  format::Writer writer(sources.Get(source).text);
  for (std::size_t index = 0; index < pieces->size(); ++index) writer.Write(*pieces, index);
  std::vector<format::Line> lines = writer.Finish();
  format::SeparateItems(lines);
  format::AlignColumns(lines);
  return format::Join(lines);
}

}  // namespace schemac
