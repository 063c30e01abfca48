#include "compiler/analyze/json_literal.h"

#include <nlohmann/json.hpp>

namespace schemac::analyze {
namespace {

// Looks for the first mistake without building the value, so that depth and size cost nothing.
class Judge : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t& value) override { return CheckText(value); }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t& value) override { return CheckText(value); }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception& exception) override {
    // The position counts what was read; the last byte of that is what does not fit.
    offset = position == 0 ? 0 : position - 1;
    message = exception.what();
    // "[json.exception.parse_error.101] parse error at line 1, column 9: syntax error while …": we give the
    // place ourselves.
    const std::size_t reason = message.find(": ");
    if (reason != std::string::npos) message.erase(0, reason + 2);
    if (const std::size_t last = message.find("; last read:"); last != std::string::npos) {
      const std::size_t expected = message.find("; expected");
      const std::string rest = expected == std::string::npos ? std::string() : message.substr(expected);
      message = message.substr(0, last) + rest;
    }
    return false;
  }

  std::size_t offset = 0;
  std::string message;

 private:
  bool CheckText(const std::string& value) {
    if (value.find('\0') == std::string::npos) return true;
    message = "\\u0000 cannot be stored in a json value";
    return false;
  }
};

bool IsJsonBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string OnOneLine(std::string_view text) {
  std::string line;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      line += c;
      if (c == '\\' && i + 1 < text.size()) {
        line += text[++i];
      } else if (c == '"') {
        in_string = false;
      }
      continue;
    }
    if (!IsJsonBlank(c)) {
      in_string = c == '"';
      line += c;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && IsJsonBlank(text[end])) ++end;
    const std::string_view blanks = text.substr(i, end - i);
    const bool after_open = !line.empty() && (line.back() == '{' || line.back() == '[');
    const bool before_close = end < text.size() && (text[end] == '}' || text[end] == ']');
    const bool broken = blanks.find_first_of("\n\r") != std::string_view::npos;
    if (!broken) line += blanks;
    if (broken && !after_open && !before_close) line += ' ';
    i = end - 1;
  }
  return line;
}

}  // namespace

ErrorOr<std::string> CompactJson(std::string_view text) {
  Judge judge;
  if (!nlohmann::json::sax_parse(text, &judge)) {
    Error error;
    error.message = "not valid JSON: " + judge.message;
    error.kind = DiagnosticKind::InvalidJson;
    error.offset = std::min(judge.offset, text.empty() ? std::size_t{0} : text.size() - 1);
    return error;
  }
  return OnOneLine(text);
}

}  // namespace schemac::analyze
