#include "compiler/sql/server_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "compiler/sql/type_key.h"
#include "compiler/support/quote.h"
#include "schema/stored_form.h"

namespace schemac::sql {
namespace {

using Text = std::optional<std::string>;

// Shown by the SQL syntax for them (TRIM, EXTRACT, AT TIME ZONE …) since PostgreSQL 14, as calls before.
const std::set<std::string_view> kSyntaxCalls = {
    "btrim",     "ltrim",    "rtrim",    "extract",   "date_part",     "overlay",          "position",
    "substring", "timezone", "overlaps", "normalize", "is_normalized", "pg_collation_for", "xmlexists"};

// SQLValueFunctionOp (primnodes.h) by number.
constexpr std::array<std::string_view, 16> kValues = {"",
                                                      "CURRENT_DATE",
                                                      "",
                                                      "",
                                                      "CURRENT_TIMESTAMP",
                                                      "",
                                                      "LOCALTIME",
                                                      "",
                                                      "LOCALTIMESTAMP",
                                                      "",
                                                      "CURRENT_ROLE",
                                                      "CURRENT_USER",
                                                      "USER",
                                                      "SESSION_USER",
                                                      "CURRENT_CATALOG",
                                                      "CURRENT_SCHEMA"};

// jsonb_out(): keys by length, then by bytes; blanks behind `,` and `:`.
Text JsonText(const nlohmann::json& json) {
  if (json.is_number_float()) return std::nullopt;
  if (!json.is_structured()) return json.dump();
  std::vector<std::pair<std::string, const nlohmann::json*>> parts;
  for (const auto& [key, value] : json.items()) parts.emplace_back(key, &value);
  if (json.is_object()) {
    std::stable_sort(parts.begin(), parts.end(), [](const auto& left, const auto& right) {
      return std::pair(left.first.size(), left.first) < std::pair(right.first.size(), right.first);
    });
  }
  std::string text;
  for (const auto& [key, value] : parts) {
    const Text inner = JsonText(*value);
    if (!inner) return std::nullopt;
    text += (text.empty() ? "" : ", ") + (json.is_object() ? nlohmann::json(key).dump() + ": " : "") + *inner;
  }
  return json.is_object() ? "{" + text + "}" : "[" + text + "]";
}

// interval_out() with the style `postgres`, from "14 months 3 days 0 us".
Text IntervalText(const std::string& value) {
  std::array<long long, 3> parts{};
  const char* at = value.data();
  const char* end = value.data() + value.size();
  for (long long& part : parts) {
    const auto [next, error] = std::from_chars(at, end, part);
    if (error != std::errc() || part < 0) return std::nullopt;
    at = std::find(next == end ? next : next + 1, end, ' ');
    if (at != end) ++at;
  }
  const auto [months, days, micros] = parts;
  std::vector<std::string> words;
  const auto add = [&](long long count, const char* unit) {
    if (count != 0) words.push_back(fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s"));
  };
  add(months / 12, "year");
  add(months % 12, "mon");
  add(days, "day");
  constexpr long long kSecond = 1'000'000;
  if (micros % kSecond != 0) return std::nullopt;
  const long long seconds = micros / kSecond;
  if (seconds != 0 || words.empty())
    words.push_back(fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60));
  return fmt::format("{}", fmt::join(words, " "));
}

bool IsNumber(std::string_view key) {
  return key == "int2" || key == "int4" || key == "int8" || key == "numeric" || key == "oid";
}

// A constant of a type; "" for a type that is none of pg_catalog's, as an enum.
Text ConstantText(const std::string& value, const std::string& type) {
  if (value.find('\\') != std::string::npos) return std::nullopt;
  if (type == "bool") return value;
  if (IsNumber(type)) return value;
  if (type == "interval") {
    const Text text = IntervalText(value);
    return text ? Text(QuoteLiteral(*text)) : std::nullopt;
  }
  if (type == "jsonb") {
    const auto json = nlohmann::json::parse(value, nullptr, false);
    const Text text = json.is_discarded() ? std::nullopt : JsonText(json);
    return text ? Text(QuoteLiteral(*text)) : std::nullopt;
  }
  static const std::set<std::string_view> kAsWritten = {"",     "text", "varchar", "bpchar", "name",  "uuid",
                                                        "date", "json", "char",    "_text",  "citext"};
  if (!kAsWritten.contains(type)) return std::nullopt;
  return QuoteLiteral(value);
}

// Reads the canonical form (canonical_term.h) and writes it anew.
class ServerWriter {
 public:
  ServerWriter(const schema::Expression& expression, std::string root_type)
      : canonical_(schema::WithoutStoredCasts(expression.canonical)),
        text_(canonical_),
        references_(expression.references),
        root_type_(std::move(root_type)) {}

  Text Run() {
    const bool bare = !text_.empty() && text_.front() == '\'';
    Text text = bare ? RootConstant() : Term();
    return at_ == text_.size() ? text : std::nullopt;
  }

 private:
  bool Take(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  std::string Word() {
    const std::size_t end = std::min(text_.find_first_of(" ()", at_), text_.size());
    std::string word(text_.substr(at_, end - at_));
    at_ = end;
    return word;
  }
  std::optional<std::string> Value() {
    if (!Take("'")) return std::nullopt;
    std::string value;
    for (; at_ < text_.size() && text_[at_] != '\''; ++at_) {
      if (text_[at_] == '\\') ++at_;
      if (at_ < text_.size()) value += text_[at_];
    }
    return Take("'") ? Text(value) : std::nullopt;
  }
  const schema::ObjectAddress* Mention() {
    if (!Take("\x01") || next_ >= references_.size()) return nullptr;
    return &references_[next_++].target;
  }
  // The name of a built-in type; "" for another.
  std::string Type() {
    std::string name;
    if (at_ < text_.size() && text_[at_] == '\x01') {
      Mention();
    } else if (at_ < text_.size() && text_[at_] == '\'') {
      Value();
    } else {
      const std::size_t end = std::min(text_.find_first_of(" ()[", at_), text_.size());
      name = text_.substr(at_, end - at_);
      at_ = end;
    }
    if (at_ < text_.size() && text_[at_] == '(') at_ = std::min(text_.find(')', at_), text_.size() - 1) + 1;
    if (Take("[]")) name += "[]";
    return name;
  }

  Text RootConstant() {
    const Text value = Value();
    if (!value) return std::nullopt;
    return ConstantText(*value, Take(":") ? Type() : root_type_);
  }

  Text Term() {
    if (at_ >= text_.size()) return std::nullopt;
    if (text_[at_] == '\'') {
      const Text value = Value();
      if (!value || !Take(":")) return std::nullopt;
      return ConstantText(*value, Type());
    }
    if (Take("null")) {
      if (Take(":")) Type();
      return "NULL";
    }
    if (!Take("(")) return std::nullopt;
    const std::string head = Word();
    Text text = Node(head);
    return text && Take(")") ? text : std::nullopt;
  }

  std::optional<std::vector<std::string>> Children() {
    std::vector<std::string> children;
    while (at_ < text_.size() && text_[at_] != ')') {
      if (!Take(" ")) return std::nullopt;
      const Text child = Term();
      if (!child) return std::nullopt;
      children.push_back(*child);
    }
    return children;
  }

  Text Node(const std::string& head) {
    if (head == "col") return ColumnText();
    if (head == "::") {
      if (!Take(" ")) return std::nullopt;
      Type();
      return Take(" ") ? Term() : std::nullopt;
    }
    if (head == "regclass") {
      const schema::ObjectAddress* target = Take(" ") ? Mention() : nullptr;
      return target == nullptr ? std::nullopt : Text(QuoteLiteral(QuoteIdentifier(OwnName(*target))));
    }
    if (head == "label") {
      const schema::ObjectAddress* target = Take(" ") ? Mention() : nullptr;
      if (Take(" ")) Type();
      return target == nullptr ? std::nullopt : Text(QuoteLiteral(target->member));
    }
    if (head == "value") return ValueText();
    std::string name;
    if (head == "op" || head == "call" || head == "any" || head == "all" || head == "distinct" ||
        head == "collate") {
      Take(" ");
      if (const Text value = Value()) {
        name = *value;
      } else if (const schema::ObjectAddress* target = Mention()) {
        name = QuoteIdentifier(target->name);
      } else {
        return std::nullopt;
      }
    }
    const auto children = Children();
    return children ? Compose(head, name, *children) : std::nullopt;
  }

  // The row that a name of an outer query or of a trigger belongs to is not shown alike everywhere.
  Text ColumnText() {
    if (!Take(" ")) return std::nullopt;
    if (Take("'value'")) return "VALUE";  // Of a domain.
    const schema::ObjectAddress* target = Mention();
    if (target == nullptr || target->kind != schema::ObjectKind::Column) return std::nullopt;
    return QuoteIdentifier(target->member);
  }

  Text ValueText() {
    Take(" ");
    const Text number = Value();
    unsigned index = 0;
    if (!number ||
        std::from_chars(number->data(), number->data() + number->size(), index).ec != std::errc() ||
        index >= kValues.size() || kValues[index].empty()) {
      return std::nullopt;
    }
    return std::string(kValues[index]);
  }

  static Text Compose(const std::string& head, const std::string& name,
                      const std::vector<std::string>& children) {
    const std::string list = fmt::format("{}", fmt::join(children, ", "));
    const std::size_t count = children.size();
    if (head == "and") return fmt::format("({})", fmt::join(children, " AND "));
    if (head == "or") return fmt::format("({})", fmt::join(children, " OR "));
    if (head == "coalesce") return fmt::format("COALESCE({})", list);
    if (head == "array") return fmt::format("ARRAY[{}]", list);
    if (head == "call") return kSyntaxCalls.contains(name) ? Text() : fmt::format("{}({})", name, list);
    if (count == 1) {
      if (head == "op") return fmt::format("({} {})", name, list);
      if (head == "not") return fmt::format("(NOT {})", list);
      if (head == "isnull") return fmt::format("({} IS NULL)", list);
      if (head == "notnull") return fmt::format("({} IS NOT NULL)", list);
      if (head == "collate") return fmt::format("({} COLLATE {})", list, QuoteIdentifier(name));
    }
    if (count == 2) {
      if (head == "op") return fmt::format("({} {} {})", children[0], name, children[1]);
      if (head == "any") return fmt::format("({} {} ANY ({}))", children[0], name, children[1]);
      if (head == "all") return fmt::format("({} {} ALL ({}))", children[0], name, children[1]);
      if (head == "distinct" && name == "=")
        return fmt::format("({} IS DISTINCT FROM {})", children[0], children[1]);
    }
    return std::nullopt;
  }

  std::string canonical_;
  std::string_view text_;
  const std::vector<schema::Reference>& references_;
  std::string root_type_;
  std::size_t at_ = 0;
  std::size_t next_ = 0;
};

}  // namespace

std::optional<std::string> ServerText(const schema::Expression& expression,
                                      const std::optional<schema::Type>& type) {
  std::string root;
  if (type) root = KeyOf(*type);
  if (IsUserKey(root)) root = root.ends_with("[]") ? "?" : "";
  return ServerWriter(expression, root).Run();
}

}  // namespace schemac::sql
