#include "compiler/sql/analyzer.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/sql/canonical_literal.h"
#include "compiler/sql/facts.h"
#include "compiler/sql/nodes.h"
#include "compiler/support/characters.h"

namespace schemac::sql {
namespace {

bool IsNumberType(const TypeKey& type) {
  return type == "int2" || type == "int4" || type == "int8" || type == "numeric" || type == "float4" ||
         type == "float8";
}

// "a.b" with quotes, as in 'public."My seq"'::regclass; empty when it is no such name.
std::vector<std::string> SplitName(std::string_view text) {
  std::vector<std::string> parts;
  const Tokens tokens(text);
  bool wants_name = true;
  for (const Token& token : tokens.tokens()) {
    const std::string_view spelled = tokens.Text(token);
    if (!wants_name) {
      if (token.kind != TokenKind::Dot) return {};
    } else if (token.kind == TokenKind::Word) {
      parts.push_back(Lower(spelled));
    } else if (token.kind == TokenKind::Quoted && spelled.size() >= 2 && spelled.front() == '"') {
      std::string name;
      for (std::size_t i = 1; i + 1 < spelled.size(); ++i) {
        name += spelled[i];
        if (spelled[i] == '"') ++i;
      }
      parts.push_back(std::move(name));
    } else {
      return {};
    }
    wants_name = !wants_name;
  }
  if (wants_name || parts.size() > 2) return {};
  return parts;
}

}  // namespace

Analyzer::Analyzer(const Scope& scope, const Tokens& tokens)
    : scope_(scope), tokens_(tokens), types_(scope.catalog) {
  if (scope.table != nullptr) AddRow(scope.table->name.name, *scope.table);
  if (scope.table == nullptr && scope.domain_type) {
    RangeEntry& entry = root_.entries.emplace_back();
    entry.key = "value";
    entry.columns.push_back(
        {"value", KeyOf(*scope.domain_type), scope.domain_type->modifiers, "value", std::nullopt});
    FromItem& item = root_.items.emplace_back();
    item.entries.push_back(&entry);
    item.columns.push_back({&entry.columns.front(), nullptr});
  }
}

void Analyzer::AddRow(std::string_view alias, const schema::Table& table) {
  RangeEntry& entry = root_.entries.emplace_back();
  entry.alias = alias;
  entry.schema = alias == table.name.name ? table.name.schema : "";
  entry.key = alias == table.name.name ? "" : std::string(alias);
  entry.relation = schema::ObjectAddress{schema::ObjectKind::Table, table.name.schema, table.name.name, ""};
  entry.row = &table;
  // The rows of rules and triggers are named by their alias only.
  if (entry.key.empty()) root_.items.emplace_back().entries.push_back(&entry);
}

void Analyzer::Report(DiagnosticKind kind, std::string message, int location, std::string fix) {
  if (error_) return;
  Error error;
  error.message = std::move(message);
  error.kind = kind;
  error.fix = std::move(fix);
  if (location >= 0) {
    error.offset = static_cast<std::size_t>(location);
    const std::size_t index = tokens_.IndexAt(*error.offset);
    if (index < tokens_.tokens().size() && tokens_.tokens()[index].begin == *error.offset) {
      error.length = tokens_.tokens()[index].end - *error.offset;
    }
  }
  error_ = std::move(error);
}

Mention Analyzer::Mentioned(const schema::ObjectAddress& target, int location, std::size_t parts) {
  Mention mention{target, 0, 0};
  if (location < 0) return mention;
  const std::size_t first = tokens_.IndexAt(static_cast<std::size_t>(location));
  const std::size_t last = first + 2 * (parts - 1);
  if (last >= tokens_.tokens().size() || tokens_.tokens()[first].begin != static_cast<std::size_t>(location))
    return mention;
  mention.begin = tokens_.tokens()[first].begin;
  mention.end = tokens_.tokens()[last].end;
  mentions_.push_back(mention);
  return mention;
}

Term* Analyzer::LiteralTerm(std::string_view value, std::size_t begin, std::size_t end) {
  Term term;
  term.kind = TermKind::Literal;
  term.value = value;
  term.type = kUnknown;
  term.begin = begin;
  term.end = end;
  return terms_.Add(std::move(term));
}

Term* Analyzer::NullTerm() {
  Term term;
  term.kind = TermKind::Null;
  term.type = kUnknown;
  term.is_null = true;
  return terms_.Add(std::move(term));
}

Term* Analyzer::BooleanTerm(bool value) {
  Term term;
  term.kind = TermKind::Constant;
  term.type = "bool";
  term.value = value ? "true" : "false";
  return terms_.Add(std::move(term));
}

// As make_const(): integers that fit are int4 or int8, all else is numeric.
Term* Analyzer::NumberTerm(std::string_view digits) {
  Term term;
  term.kind = TermKind::Constant;
  const std::string_view unsigned_digits = digits.substr(digits.starts_with('-') ? 1 : 0);
  const bool is_integer = unsigned_digits.find_first_not_of("0123456789") == std::string_view::npos;
  term.type = "numeric";
  if (is_integer) {
    const std::size_t zeros = std::min(unsigned_digits.find_first_not_of('0'), unsigned_digits.size() - 1);
    const std::string_view significant = unsigned_digits.substr(zeros);
    const bool negative = digits.size() != unsigned_digits.size();
    const auto fits = [&](std::string_view limit) {
      return significant.size() < limit.size() ||
             (significant.size() == limit.size() && significant <= limit);
    };
    if (fits(negative ? "2147483648" : "2147483647")) {
      term.type = "int4";
    } else if (fits(negative ? "9223372036854775808" : "9223372036854775807")) {
      term.type = "int8";
    }
  }
  term.value = NormalizeLiteral("numeric", digits);
  return terms_.Add(std::move(term));
}

// An untyped literal becomes a constant of the type, of which `base` is the base. `spelled` is where a cast
// names the type.
Term* Analyzer::Take(Term* literal, const TypeKey& type, const TypeKey& base,
                     const std::optional<Mention>& spelled) {
  Term term;
  term.kind = TermKind::Constant;
  term.type = type;
  term.is_null = literal->is_null;
  term.value = literal->is_null ? "" : NormalizeLiteral(base, literal->value);
  // The server shows the schema of a name, except where the name is found without.
  if (base == "regconfig" && term.value.starts_with("public.")) term.value.erase(0, term.value.find('.') + 1);
  term.type_mention = spelled;
  term.begin = literal->begin;
  term.end = literal->end;
  Term* constant = terms_.Add(std::move(term));
  if (IsUserKey(base) && !literal->is_null) return LabelLiteral(constant, base);
  return base == "regclass" && !literal->is_null ? RelationLiteral(constant) : constant;
}

// 'new'::status refers to the label, as the server keeps it: by another name it is the same one.
Term* Analyzer::LabelLiteral(Term* constant, const TypeKey& type) {
  const schema::Type name = TypeOf(type);
  schema::ObjectAddress label{schema::ObjectKind::Enum, name.schema, name.name, ""};
  const bool is_enum = !name.array && scope_.catalog != nullptr;
  const auto* found = !is_enum ? nullptr : scope_.catalog->Get<schema::Enum>(label);
  if (found == nullptr || constant->value.empty()) return constant;
  if (std::ranges::find(found->labels, constant->value) == found->labels.end()) {
    const int place = constant->end > constant->begin ? static_cast<int>(constant->begin) : -1;
    Report(DiagnosticKind::InvalidDefinition,
           fmt::format("invalid input value for enum {}: \"{}\"", name.name, constant->value), place);
    return constant;
  }
  label.member = constant->value;
  constant->mention = Mention{std::move(label), constant->begin, constant->end};
  if (constant->end > constant->begin) mentions_.push_back(*constant->mention);
  return constant;
}

// 'name'::regclass refers to the relation.
Term* Analyzer::RelationLiteral(Term* constant) {
  const std::vector<std::string> parts = SplitName(constant->value);
  if (parts.empty()) return constant;
  const auto address = ResolveRelation(parts.size() > 1 ? parts.front() : "", parts.back(), scope_);
  if (!address) return constant;
  Mention mention{*address, 0, 0};
  // Only a plain '…' spells the name byte for byte.
  const std::string_view spelled = tokens_.source().substr(constant->begin, constant->end - constant->begin);
  const bool is_plain = spelled.size() > 2 && spelled.front() == '\'' &&
                        spelled.substr(1, spelled.size() - 2) == constant->value;
  if (is_plain && constant->value.find('\'') == std::string::npos) {
    mention.begin = constant->begin + 1;
    mention.end = constant->end - 1;
    mentions_.push_back(mention);
  }
  constant->mention = mention;
  return constant;
}

Term* Analyzer::Coerce(Term* term, const TypeKey& type, const std::string& modifiers) {
  if (type.empty() || term->type.empty()) return term;
  if (term->kind == TermKind::Literal || term->kind == TermKind::Null) {
    term = Take(term, type, std::nullopt);
    if (modifiers.empty()) return term;
  }
  if (term->type == type && (modifiers.empty() || modifiers == term->modifiers)) return term;
  if (type == "any" || type == "record" || IsPolymorphic(type)) return term;
  // A constructor hands the cast to its elements (transformTypeCast).
  if (term->head == "array" && IsArrayKey(type)) {
    for (Term*& child : term->children)
      child = Coerce(child, child->head == "array" ? type : ElementOf(type), modifiers);
    term->type = type;
    return term;
  }
  // 'x'::character varying and 'x'::text are one value.
  if (term->kind == TermKind::Constant && IsStringType(term->type) && IsStringType(type) &&
      modifiers.empty()) {
    term->type = type;
    term->type_mention.reset();
    term->stored_cast = true;
    return term;
  }
  Term cast;
  cast.kind = TermKind::Cast;
  cast.type = type;
  cast.modifiers = modifiers;
  cast.children.push_back(term);
  return terms_.Add(std::move(cast));
}

Term* Analyzer::ExplicitCast(Term* term, const schema::Type& type, const std::optional<Mention>& spelled) {
  const TypeKey key = KeyOf(type);
  if (term->kind == TermKind::Literal || term->kind == TermKind::Null) {
    // interval '3' day counts days.
    if (key == "interval" && !type.modifiers.empty() && !term->is_null &&
        term->value.find_first_not_of("0123456789") == std::string::npos) {
      const std::string fields = type.modifiers->substr(0, type.modifiers->find('('));
      term->value += " " + fields.substr(fields.rfind(' ') + 1);
    }
    Term* constant = Take(term, key, spelled);
    if (type.modifiers.empty() || constant->is_null) return constant;
    term = constant;
  }
  Term* result = nullptr;
  if (term->type.empty() || key.empty()) {
    Term cast;
    cast.kind = TermKind::Cast;
    cast.type = key;
    cast.modifiers = type.modifiers;
    cast.children.push_back(term);
    result = terms_.Add(std::move(cast));
  } else {
    result = Coerce(term, key, type.modifiers);
  }
  if (result->kind == TermKind::Cast && spelled && !result->type_mention) result->type_mention = spelled;
  return result;
}

Term* Analyzer::Finish(Term* term, const std::optional<schema::Type>& type) {
  const bool untyped = term->kind == TermKind::Literal || term->kind == TermKind::Null;
  if (term->head == "row") {
    for (Term*& child : term->children) child = Finish(child, std::nullopt);
  }
  if (!type) return untyped ? Take(term, "text", std::nullopt) : term;
  const TypeKey wanted = KeyOf(*type);
  const TypeKey base = types_.Base(wanted);
  if (untyped) {
    // The type's own reference is the column's business.
    Term* constant = base.empty() ? term : Take(term, base, base, std::nullopt);
    const bool bare = !constant->mention && (constant->is_null || !IsNumberType(base));
    if (bare) constant->kind = constant->is_null ? TermKind::Null : TermKind::Literal;
    return constant;
  }
  // The server adds a cast to the column's type by itself, so one that was written around a constant says
  // nothing.
  Term* inner = term;
  while (inner->kind == TermKind::Cast && inner->type == wanted &&
         (inner->modifiers.empty() || inner->modifiers == type->modifiers)) {
    inner = inner->children.front();
  }
  const bool is_label = inner->mention && schema::IsLabel(inner->mention->target);
  if (inner->kind != TermKind::Constant || (inner->mention && !is_label)) return term;
  // A constant of another type stays one: `''::text` of a varchar column is kept and printed as such.
  if (inner->type != wanted && inner->type != base) return term;
  // `1` of an integer column is the same when the column becomes bigint.
  if (IsNumberType(base) && !inner->is_null) return inner;
  Term bare;
  if (is_label) {
    bare = *inner;
    bare.type = base;
    return terms_.Add(std::move(bare));
  }
  bare.kind = inner->is_null ? TermKind::Null : TermKind::Literal;
  bare.value = inner->value;
  return terms_.Add(std::move(bare));
}

Term* Analyzer::ExpressionFor(const PgQuery__Node& node, const std::optional<schema::Type>& type) {
  Term* term = Expression(node);
  return Finish(term, type);
}

}  // namespace schemac::sql
