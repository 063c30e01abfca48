#include "compiler/parse/token_reader.h"

#include <cstdint>

#include <grammar/SchemaParser.h>

namespace schemac::parse {
namespace {

// A third of the size of ANTLR's own token, which keeps a text and a line of its own: a large model has a
// million of them.
class Token final : public antlr4::WritableToken {
 public:
  Token(TokenReader& reader, const Lexeme& lexeme)
      : reader_(reader),
        type_(lexeme.type),
        begin_(static_cast<std::uint32_t>(lexeme.begin)),
        end_(static_cast<std::uint32_t>(lexeme.end)),
        channel_(lexeme.channel) {}

  [[nodiscard]] std::string getText() const override {
    return std::string(reader_.text().substr(begin_, end_ - begin_));
  }
  [[nodiscard]] std::size_t getType() const override { return type_; }
  [[nodiscard]] std::size_t getLine() const override { return 0; }
  [[nodiscard]] std::size_t getCharPositionInLine() const override { return 0; }
  [[nodiscard]] std::size_t getChannel() const override { return static_cast<std::size_t>(channel_); }
  [[nodiscard]] std::size_t getTokenIndex() const override { return index_; }
  [[nodiscard]] std::size_t getStartIndex() const override { return begin_; }
  [[nodiscard]] std::size_t getStopIndex() const override { return std::size_t{end_} - 1; }
  [[nodiscard]] antlr4::TokenSource* getTokenSource() const override { return &reader_; }
  [[nodiscard]] antlr4::CharStream* getInputStream() const override { return nullptr; }
  [[nodiscard]] std::string toString() const override { return getText(); }

  // The stream of tokens numbers them; nobody asks for the rest.
  void setTokenIndex(std::size_t index) override { index_ = static_cast<std::uint32_t>(index); }
  void setText(const std::string& /*text*/) override {}
  void setType(std::size_t type) override { type_ = type; }
  void setLine(std::size_t /*line*/) override {}
  void setCharPositionInLine(std::size_t /*position*/) override {}
  void setChannel(std::size_t channel) override { channel_ = static_cast<Channel>(channel); }

 private:
  TokenReader& reader_;
  std::size_t type_;
  std::uint32_t begin_;
  std::uint32_t end_;
  std::uint32_t index_ = 0;
  Channel channel_;
};

}  // namespace

std::unique_ptr<antlr4::Token> TokenReader::nextToken() {
  if (++tokens_ > kMostTokens) scanner_.Stop();
  const Lexeme lexeme = scanner_.Next();
  const bool is_too_deep = !depth_.Enter(lexeme.type);
  if (is_too_deep) scanner_.Stop();
  if (is_too_deep || lexeme.type == grammar::SchemaParser::UNTERMINATED_QUOTE) is_fit_ = false;
  return std::make_unique<Token>(*this, lexeme);
}

}  // namespace schemac::parse
