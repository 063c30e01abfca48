#include "compiler/parse/parse.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "compiler/parse/model_reader.h"
#include "compiler/support/side_by_side.h"

namespace schemac {
namespace {

// Bytes. Less than this is read sooner than a thread is begun.
constexpr std::size_t kWorthAThread = std::size_t{64} << 10U;
constexpr std::size_t kNowhere = std::string_view::npos;

// The first line from the byte `from` on that looks as if an item began there. Whether one does is known when
// all before it is read.
std::size_t LikelyItem(std::string_view text, std::size_t from) {
  constexpr auto kWords = std::to_array<std::string_view>({"enum ", "function ", "table ", "view "});
  for (std::size_t at = text.find('\n', from); at != kNowhere; at = text.find('\n', at)) {
    const std::size_t last = text.find_last_not_of(" \t\r\n", at);
    const std::string_view line = text.substr(++at);
    const bool is_behind_item = last != kNowhere && (text[last] == '}' || text[last] == ';');
    const auto begins = [&](std::string_view word) { return line.starts_with(word); };
    if (is_behind_item && std::ranges::any_of(kWords, begins)) return at;
  }
  return kNowhere;
}

// What of a path tells a file from others of its model.
std::string_view NameIn(std::string_view path) { return path.substr(path.find_last_of("/:") + 1); }

class ModelParser {
 public:
  ModelParser(const std::vector<SourceId>& files, const Sources& sources, const std::vector<ast::File>* other)
      : files_(files), sources_(sources), other_(other) {
    if (other == nullptr) return;
    for (const ast::File& file : *other) by_name_.emplace(NameIn(sources.Get(file.source).name), &file);
  }

  std::vector<ast::File> Parse(DiagnosticSink& sink) const {
    std::size_t total = 0;
    for (const SourceId file : files_) total += Text(file).size();
    return total < kWorthAThread ? ParseSome(0, files_.size(), sink) : ParseHalves(total / 2, sink);
  }

 private:
  // Of a file, with what was reported about it; nothing when it has to be read whole.
  struct Part {
    std::optional<parse::ItemsRead> read;
    DiagnosticSink found;
  };

  // The file with the byte `half` of all is read in two parts if it can be.
  std::vector<ast::File> ParseHalves(std::size_t half, DiagnosticSink& sink) const {
    std::size_t middle = 0;
    while (half >= Text(files_[middle]).size()) half -= Text(files_[middle++]).size();
    const SourceId file = files_[middle];
    const std::size_t split = LikelyItem(Text(file), half);
    auto [first, second] = SideBySide(
        [&](DiagnosticSink& own) {
          auto files = ParseSome(0, middle, own);
          return std::pair(std::move(files), ReadPart(file, 0, split));
        },
        [&](DiagnosticSink& own) {
          Part part = split == kNowhere ? Part() : ReadPart(file, split, kNowhere);
          return std::pair(ParseSome(middle + 1, files_.size(), own), std::move(part));
        },
        sink);
    std::vector<ast::File> all = std::move(first.first);
    all.push_back(Join(file, std::move(first.second), std::move(second.second), split, sink));
    std::ranges::move(second.first, std::back_inserter(all));
    return all;
  }

  std::vector<ast::File> ParseSome(std::size_t begin, std::size_t end, DiagnosticSink& sink) const {
    std::vector<ast::File> parsed;
    for (std::size_t number = begin; number < end; ++number)
      parsed.push_back(ParseWhole(files_[number], sink));
    return parsed;
  }

  ast::File ParseWhole(SourceId file, DiagnosticSink& sink) const {
    const parse::ReadOptions options{0, kNowhere, Beside(file)};
    if (auto read = parse::ReadItems(file, sources_, sink, options)) return std::move(read->file);
    return parse::ReadByGrammar(file, sources_, sink);
  }

  [[nodiscard]] Part ReadPart(SourceId file, std::size_t begin, std::size_t end) const {
    Part part;
    part.read = parse::ReadItems(file, sources_, part.found, {begin, end, Beside(file)});
    return part;
  }

  // The parts are a whole when the second begins where the first ends, outside of all items.
  ast::File Join(SourceId source, Part first, Part second, std::size_t split, DiagnosticSink& sink) const {
    const bool has_second = split != kNowhere;
    if (!first.read || first.read->file.revision ||
        (has_second && (!second.read || first.read->next != split)))
      return ParseWhole(source, sink);
    ast::File file = std::move(first.read->file);
    if (has_second) {
      std::ranges::move(second.read->file.items, std::back_inserter(file.items));
      std::ranges::move(second.read->file.ends, std::back_inserter(file.ends));
    }
    for (const Part* part : {&first, &second}) {
      for (const Diagnostic& diagnostic : part->found.diagnostics()) sink.Report(diagnostic);
    }
    return file;
  }

  // The file of the other model that this one may be a later state of.
  [[nodiscard]] const ast::File* Beside(SourceId file) const {
    if (other_ == nullptr) return nullptr;
    if (other_->size() == 1 && files_.size() == 1) return &other_->front();
    const auto found = by_name_.find(NameIn(sources_.Get(file).name));
    return found == by_name_.end() ? nullptr : found->second;
  }

  [[nodiscard]] std::string_view Text(SourceId file) const { return sources_.Get(file).text; }

  const std::vector<SourceId>& files_;
  const Sources& sources_;
  const std::vector<ast::File>* other_;
  std::unordered_map<std::string_view, const ast::File*> by_name_;  // The other's files.
};

}  // namespace

ast::File Parse(SourceId source, const Sources& sources, DiagnosticSink& sink) {
  return ParseModel({source}, sources, sink).front();
}

std::vector<ast::File> ParseModel(const std::vector<SourceId>& files, const Sources& sources,
                                  DiagnosticSink& sink) {
  return ModelParser(files, sources, nullptr).Parse(sink);
}

std::vector<ast::File> ParseModelBeside(const std::vector<ast::File>& other,
                                        const std::vector<SourceId>& files, const Sources& sources,
                                        DiagnosticSink& sink) {
  return ModelParser(files, sources, &other).Parse(sink);
}

}  // namespace schemac
