// jsonb documents by value.
#include <map>
#include <vector>

#include <nlohmann/json.hpp>

#include "compiler/sql/canonical_literal.h"

namespace schemac::sql {
namespace {

// 1.50e2 as 150: digits and the power of ten of the last one.
std::string NormalizeNumber(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  const std::size_t e = text.find_first_of("eE");
  long long exponent = 0;
  if (e != std::string_view::npos) {
    // Beyond this jsonb refuses the number.
    if (text.size() - e > 8) return std::string(negative ? "-" : "") + std::string(text);
    exponent = std::stoll(std::string(text.substr(e + 1)));
  }
  std::string digits;
  bool after_point = false;
  for (const char c : text.substr(0, e)) {
    if (c == '.') {
      after_point = true;
    } else {
      digits += c;
      if (after_point) --exponent;
    }
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  while (!digits.empty() && digits.back() == '0') {
    digits.pop_back();
    ++exponent;
  }
  if (digits.empty()) return "0";
  return (negative ? "-" : "") + digits + (exponent == 0 ? "" : "e" + std::to_string(exponent));
}

std::string Quote(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Builds the canonical text from the parser's events, without recursion.
class Canonicalizer : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return Value("null"); }
  bool boolean(bool value) override { return Value(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override {
    return Value(NormalizeNumber(std::to_string(value)));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return Value(NormalizeNumber(std::to_string(value)));
  }
  bool number_float(number_float_t, const string_t& text) override { return Value(NormalizeNumber(text)); }
  bool string(string_t& value) override { return Value(Quote(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return Open(true); }
  bool start_array(std::size_t) override { return Open(false); }
  bool key(string_t& name) override {
    stack_.back().key = name;
    return true;
  }
  bool end_object() override {
    std::string text = "{";
    for (const auto& [name, value] : stack_.back().members) {
      if (text.size() > 1) text += ',';
      text += Quote(name) + ":" + value;
    }
    return Close(text + "}");
  }
  bool end_array() override {
    std::string text = "[";
    for (const std::string& item : stack_.back().items) {
      if (text.size() > 1) text += ',';
      text += item;
    }
    return Close(text + "]");
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

  std::string result;

 private:
  struct Frame {
    bool is_object = false;
    std::string key;
    std::map<std::string, std::string> members;
    std::vector<std::string> items;
  };

  bool Open(bool is_object) {
    if (stack_.size() > 1000) return false;  // Each level copies what is inside.
    stack_.push_back({is_object, {}, {}, {}});
    return true;
  }
  bool Close(std::string text) {
    stack_.pop_back();
    return Value(std::move(text));
  }
  bool Value(std::string text) {
    if (stack_.empty()) {
      result = std::move(text);
    } else if (stack_.back().is_object) {
      stack_.back().members[stack_.back().key] = std::move(text);
    } else {
      stack_.back().items.push_back(std::move(text));
    }
    return true;
  }

  std::vector<Frame> stack_;
};

}  // namespace

std::optional<std::string> NormalizeJson(std::string_view text) {
  Canonicalizer canonicalizer;
  // With a number out of double's range the parser reports an error although jsonb takes it; the text then
  // stays as it is.
  if (!nlohmann::json::sax_parse(text, &canonicalizer)) return std::nullopt;
  return std::move(canonicalizer.result);
}

}  // namespace schemac::sql
