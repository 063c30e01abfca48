#include "compiler/parse/model_reader.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "compiler/parse/builder.h"
#include "compiler/parse/plain_item.h"
#include "compiler/parse/source_check.h"
#include "compiler/parse/syntax_tree.h"

namespace schemac::parse {
namespace {

using grammar::SchemaParser;

class FileReader {
 public:
  FileReader(SourceId source, const Sources& sources)
      : source_(source), sources_(sources), text_(sources.Get(source).text) {}

  std::optional<ast::File> Read(DiagnosticSink& sink) {
    if (WhatIsWrongWith(source_, text_) || !Scan()) return std::nullopt;
    ast::File file;
    file.source = source_;
    PlainItems plain(source_, text_, lexemes_);
    std::size_t at = 0;
    if (lexemes_.front().type == SchemaParser::REVISION) {
      file.revision = plain.ReadRevision(&at);
      if (!file.revision || IsDocumented(0, at)) return std::nullopt;
    }
    while (lexemes_[at].type != antlr4::Token::EOF) {
      const bool is_read = file.revision ? Append(file.changes, plain, &PlainItems::ReadChange,
                                                  &SyntaxTree::ReadDiffItem, &Builder::BuildDiffItem, &at)
                                         : Append(file.items, plain, &PlainItems::Read, &SyntaxTree::ReadItem,
                                                  &Builder::BuildItem, &at);
      if (!is_read) return std::nullopt;
    }
    if (!documentation_.empty()) {
      if (!PrepareGrammar()) return std::nullopt;
      builder_->ReportStrayDocumentation();
    }
    for (const Diagnostic& diagnostic : found_.diagnostics()) sink.Report(diagnostic);
    return file;
  }

 private:
  // False when it is one that the grammar's way would refuse.
  bool Scan() {
    // About as many as a model of plain tables has: growing would move them all again and again.
    constexpr std::size_t kUsualLength = 5;
    lexemes_.reserve(text_.size() / kUsualLength + 1);
    places_.reserve(text_.size() / kUsualLength + 1);
    Scanner scanner(text_);
    Depth depth;
    for (std::uint32_t place = 0; place <= TokenReader::kMostTokens; ++place) {
      const Lexeme lexeme = scanner.Next();
      if (lexeme.type == SchemaParser::UNTERMINATED_QUOTE || !depth.Enter(lexeme.type)) return false;
      if (lexeme.type == SchemaParser::DOCUMENTATION_LINE) documentation_.push_back(lexeme.begin);
      if (lexeme.channel != Channel::Default) continue;
      lexemes_.push_back(lexeme);
      places_.push_back(place);
      if (lexeme.type == antlr4::Token::EOF) return true;
    }
    return false;
  }

  // Whether documentation stands in front of the lexemes [begin, end) or among them: the grammar's way knows
  // what it belongs to.
  [[nodiscard]] bool IsDocumented(std::size_t begin, std::size_t end) const {
    const std::size_t from = begin == 0 ? 0 : lexemes_[begin - 1].end;
    const auto first = std::ranges::lower_bound(documentation_, from);
    return first != documentation_.end() && *first < lexemes_[end - 1].end;
  }

  bool PrepareGrammar() {
    if (!tree_) {
      tree_.emplace(source_, sources_, found_);
      builder_.emplace(tree_->input(), tree_->tokens(), found_);
    }
    return !found_.HasErrors();
  }

  // What begins at the lexeme `*at`, which then is the one behind it. False when something is wrong.
  template <typename Node, typename RuleContext>
  bool Append(std::vector<Node>& nodes, PlainItems& plain,
              std::optional<Node> (PlainItems::*read_plain)(std::size_t*),
              RuleContext* (SyntaxTree::*read)(std::size_t*),
              std::optional<Node> (Builder::*build)(RuleContext&), std::size_t* at) {
    const std::size_t begin = *at;
    std::optional<Node> node = (plain.*read_plain)(at);
    if (!node || IsDocumented(begin, *at)) {
      node.reset();
      if (!PrepareGrammar()) return false;
      std::size_t place = places_[begin];
      RuleContext* context = (*tree_.*read)(&place);
      if (context == nullptr || found_.HasErrors()) return false;
      *at = static_cast<std::size_t>(std::ranges::lower_bound(places_, place) - places_.begin());
      node = (*builder_.*build)(*context);
    }
    if (!node || found_.HasErrors()) return false;
    nodes.push_back(*std::move(node));
    return true;
  }

  const SourceId source_;
  const Sources& sources_;
  const std::string_view text_;
  std::vector<Lexeme> lexemes_;        // Those on the default channel.
  std::vector<std::uint32_t> places_;  // Where each stands among all.
  std::vector<std::size_t> documentation_;
  DiagnosticSink found_;
  // Made for the first item that is not plain.
  std::optional<SyntaxTree> tree_;
  std::optional<Builder> builder_;
};

}  // namespace

std::optional<ast::File> ReadItems(SourceId source, const Sources& sources, DiagnosticSink& sink) {
  return FileReader(source, sources).Read(sink);
}

ast::File ReadByGrammar(SourceId source, const Sources& sources, DiagnosticSink& sink) {
  SyntaxTree tree(source, sources, sink);
  tree.ReadAll();
  ast::File file;
  file.source = source;
  if (tree.model() == nullptr && tree.model_diff() == nullptr) return file;
  Builder builder(tree.input(), tree.tokens(), sink);
  if (tree.model() != nullptr) builder.BuildModel(*tree.model(), file);
  if (tree.model_diff() != nullptr) builder.BuildModelDiff(*tree.model_diff(), file);
  builder.ReportStrayDocumentation();
  return file;
}

}  // namespace schemac::parse
